"""What the browser tests share: Chromium by Playwright, pages under guard, and the contrast of what is seen."""

import contextlib
import os
import pathlib
import shutil
import sys
import time
import traceback

from playwright.sync_api import sync_playwright

# Loaded machines are slow; nothing here is a test of speed.
PATIENCE = 120_000

VIOLATIONS = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(event.effectiveDirective + ' ' + event.blockedURI));
"""

CONTRASTS = """() => {
  const parse = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  };
  const over = (front, back) => ({
    red: front.red * front.alpha + back.red * (1 - front.alpha),
    green: front.green * front.alpha + back.green * (1 - front.alpha),
    blue: front.blue * front.alpha + back.blue * (1 - front.alpha),
    alpha: 1,
  });
  const luminance = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      layers.push(color);
      if (color.alpha === 1) break;
    }
    return layers.reverse().reduce((back, front) => over(front, back), { red: 255, green: 255, blue: 255, alpha: 1 });
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    if (!hasText || !element.checkVisibility() || element.closest('.hidden-text, [aria-disabled="true"], .skip')) continue;
    if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName)) continue;
    const back = ground(element);
    const [one, other] = [luminance(over(parse(getComputedStyle(element).color), back)), luminance(back)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    found.push([ratio, element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 40)]);
  }
  return found;
}"""


class Failure(AssertionError):
    """A page is not as it should be."""


def expect(condition, message):
    if not condition:
        raise Failure(message)


def expect_equal(found, expected, subject):
    if found != expected:
        raise Failure(f"{subject}: found {short(found)}, expected {short(expected)}")


def short(value):
    text = repr(value)
    return text if len(text) <= 400 else text[:400] + "…"


class Suite:
    """Runs checks one after another; a check that fails is told, and the others still run."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.failures = 0

    def run(self, checks):
        chromium = shutil.which("chromium")
        if chromium is None:
            print("FAILED: there is no chromium")
            return 1
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments, timeout=PATIENCE)
            print(f"Chromium {browser.version}")
            for check in checks:
                begin = time.monotonic()
                try:
                    check(Pages(browser, self.folder))
                    print(f"passed {check.__name__} ({time.monotonic() - begin:.1f} s)")
                except Exception as error:  # one check's end is not the others'
                    self.failures += 1
                    place = traceback.extract_tb(error.__traceback__)
                    lines = [f"line {frame.lineno}" for frame in place if frame.filename.endswith("_checks.py")]
                    print(f"FAILED {check.__name__} ({', '.join(lines)}): {type(error).__name__} {str(error).strip()}".replace("\n", " | "))
                sys.stdout.flush()
            browser.close()
        return 1 if self.failures else 0


class Pages:
    """Opens pages of the folder, each in a context of its own and under guard."""

    def __init__(self, browser, folder):
        self.browser = browser
        self.folder = folder

    @contextlib.contextmanager
    def open(self, name, allowed_errors=False, **options):
        """The page, which must end without a dialog, a request, an error or a violation of its security policy."""
        options = {"viewport": {"width": 1440, "height": 1000}, "locale": "en-GB", **options}
        context = self.browser.new_context(**options)
        try:
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.add_init_script(VIOLATIONS)
            troubles = []
            address = (self.folder / f"{name}.html").as_uri()
            page.on("dialog", lambda dialog: (troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
            page.on("pageerror", lambda error: troubles.append(f"error {error}"))
            page.on("console", lambda message: troubles.append(f"console {message.text}"))
            page.on("popup", lambda popup: troubles.append(f"popup {popup.url}"))
            page.on("request", lambda request: request.url.split("#")[0] != address and troubles.append(f"request {request.url}"))
            page.goto(address)
            page.wait_for_selector("html[data-ready]", state="attached")
            yield page
            if not allowed_errors:
                strange = page.evaluate("document.body.innerText.match(/\\[object|undefined|NaN|\\{\\w+\\}/g) || []")
                if name != "hostile":
                    expect_equal(strange, [], f"{name}: texts that are no texts")
                expect_equal(troubles, [], f"{name}: what the page must not do")
                expect_equal(page.evaluate("window.violations"), [], f"{name}: violations of the security policy")
        finally:
            context.close()
