"""The page is usable by keyboard, with assistive technology, in both themes and languages, on small screens and on paper."""

import collections
import json
import re

from reading import column, matches, number_in, report_of, texts, title, wait_for_matches
from support import CONTRASTS, Failure, expect, expect_equal


def keyboard_is_enough(pages):
    with pages.open("sample") as page:
        data = report_of(pages, "sample")

        def tab_to(test, limit=120):
            for _ in range(limit):
                page.keyboard.press("Tab")
                if page.evaluate(f"(() => {{ const at = document.activeElement; return Boolean({test}); }})()"):
                    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + ' ' + getComputedStyle(document.activeElement).outlineWidth")
                    expect_equal(outline, "solid 3px", f"focus on {test}")
                    return
            raise Failure(f"Tab never reaches {test}")

        page.keyboard.press("Tab")
        expect_equal(page.evaluate("document.activeElement.className"), "skip", "first stop of Tab")
        tab_to("at.id === 'theme'")
        page.keyboard.press("Space")
        expect_equal(page.locator("#theme").get_attribute("aria-pressed"), "true", "theme")
        tab_to("at.matches('#status-bars .bar')")
        count = number_in(page.evaluate("document.activeElement.querySelector('.bar-number').textContent"))
        page.keyboard.press("Enter")
        wait_for_matches(page, count, "Enter on a bar")
        page.keyboard.press("Space")
        wait_for_matches(page, len(data["rows"]), "Space on a bar")
        tab_to("at.id === 'search'")
        page.keyboard.type("lab")
        wait_for_matches(page, sum("lab" in json.dumps(row).lower() for row in data["rows"]), "typed search")
        tab_to("at.id === 'filter-verdict'")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        tab_to("at.matches('.chip')")
        page.keyboard.press("Enter")
        tab_to("at.closest('th') && at.closest('th').dataset.column === 'os_version'")
        page.keyboard.press("Enter")
        heading = page.get_by_role("columnheader", name="OS version")
        expect_equal(heading.get_attribute("aria-sort"), "ascending", "Enter on a heading")
        page.keyboard.press("Space")
        expect_equal(heading.get_attribute("aria-sort"), "descending", "Space on a heading")
        tab_to("at.matches('.open')")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog").is_visible(), "Enter on a device does not open it")
        for _ in range(6):
            page.keyboard.press("Tab")
            inside = page.evaluate("document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))")
            expect(inside, "Tab leaves the open details")
        page.keyboard.press("Escape")
        expect(not page.get_by_role("dialog").is_visible(), "Escape leaves the details open")
        tab_to("at.id === 'next'")
        page.keyboard.press("Enter")
        expect_equal(page.locator("#page").input_value(), "2", "Enter on Next")


def assistive_technology_is_told(pages):
    with pages.open("sample") as page:
        client = page.context.new_cdp_session(page)
        for state in ["closed", "open"]:
            if state == "open":
                page.locator("#table .open").first.click()
            nodes = client.send("Accessibility.getFullAXTree")["nodes"]
            controls = {"button", "link", "textbox", "searchbox", "combobox", "spinbutton", "checkbox", "DisclosureTriangle", "dialog",
                        "region", "navigation", "search", "table", "columnheader", "rowheader", "group"}
            nameless = [
                node["role"]["value"] for node in nodes
                if not node.get("ignored") and node.get("role", {}).get("value") in controls and not node.get("name", {}).get("value", "").strip()
                # The element of a disclosure itself is a group without a name; its summary has one.
                and node["role"]["value"] != "group"
            ]
            expect_equal(nameless, [], f"controls without a name, details {state}")
            roles = collections.Counter(node.get("role", {}).get("value") for node in nodes if not node.get("ignored"))
            if state == "closed":
                for role in ["banner", "main", "contentinfo", "navigation", "search", "status"]:
                    expect_equal(roles[role], 1, f"landmark {role}")
        page.keyboard.press("Escape")
        levels = page.locator("h1, h2, h3").evaluate_all("(all) => all.filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))")
        expect_equal(levels[0], 1, "first heading")
        expect(all(after - before <= 1 for before, after in zip(levels, levels[1:])), f"headings skip a level: {levels}")
        region = page.locator("#matches")
        expect_equal((region.get_attribute("role"), region.get_attribute("aria-live")), ("status", "polite"), "live region")
        expect(page.locator("#table caption").count() == 1, "the table has no caption")
        ids = page.locator("[id]").evaluate_all("(all) => all.map((one) => one.id)")
        expect_equal(len(ids), len(set(ids)), "ids are unique")


def themes_have_contrast(pages):
    grounds = {}
    for name, language in [("sample", "en"), ("japanese", "ja")]:
        for scheme in ["light", "dark"]:
            with pages.open(name, color_scheme=scheme) as page:
                expect_equal(page.evaluate("document.documentElement.lang"), language, "language")
                grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
                page.locator("#status-bars .bar").first.click()
                page.locator("#table thead button").first.click()
                for summary in page.locator(".as-table summary").all():
                    summary.click()
                page.mouse.move(0, 0)
                closed = page.evaluate(CONTRASTS)
                expect(len(closed) > 300, f"only {len(closed)} texts were looked at")
                page.locator("#table .open").first.click()
                low = [entry for entry in closed + page.evaluate(CONTRASTS) if entry[0] < 4.5]
                expect_equal(low, [], f"low contrast, {name} {scheme}")
                page.keyboard.press("Escape")
                page.get_by_role("button", name="Clear all" if language == "en" else "すべて解除").click()
                for summary in page.locator(".as-table summary").all():
                    summary.click()
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=pages.folder / f"{name}-{scheme}.png", full_page=True)
                page.locator("#theme").click()
                other = page.evaluate("getComputedStyle(document.body).backgroundColor")
                expect(other != grounds[scheme], "the switch of the theme changes nothing")
    expect(grounds["light"] != grounds["dark"], f"light and dark are the same: {grounds}")
    with pages.open("sample", reduced_motion="reduce") as page:
        page.locator("#table .open").first.click()
        expect_equal(page.evaluate("getComputedStyle(document.getElementById('device')).animationName"), "none", "motion")


def japanese_is_japanese(pages):
    with pages.open("japanese", locale="ja-JP") as page:
        data = report_of(pages, "japanese")
        expect_equal(page.locator("h1").inner_text(), "デバイス構成証明レポート", "title")
        expect(page.title().startswith("デバイス構成証明レポート"), page.title())
        expect_equal(page.locator("#matches").text_content(), f"{len(data['rows'])} 台中 {len(data['rows'])} 台、8 ページ中 1 ページ目", "live region")
        own = page.locator("h1, h2, label, button:not(.open):not([lang]), summary, .soft, .badge, th[scope=col]")
        strange = [text for text in texts(own) if re.search(r"[A-Za-z]{3}", re.sub(r"UPN|TPM|Windows|Entra|AIK|MDM|ready-to-attest|JavaScript|policyc", "", text)) and not re.search(r"[ぁ-んァ-ヶ一-龠]", text)]
        expect_equal(strange, [], "texts in English")
        page.get_by_role("button", name="English").click()
        expect_equal(page.evaluate("document.documentElement.lang"), "en", "language after the switch")
        expect_equal(page.locator("h1").inner_text(), "Device attestation report", "title after the switch")
        wait_for_matches(page, len(data["rows"]), "switched to English")


def narrow_and_paper_fit(pages):
    with pages.open("sample", viewport={"width": 360, "height": 800}) as page:
        expect(page.evaluate("document.documentElement.scrollWidth") <= 360, "the page is wider than the screen")
        page.locator("#table .open").first.click()
        expect(page.evaluate("document.getElementById('device').scrollWidth") <= 360, "the details are wider than the screen")
        page.keyboard.press("Escape")
        page.screenshot(path=pages.folder / "narrow.png")
    with pages.open("sample", color_scheme="dark") as page:
        page.locator("#cards button.card").nth(1).click()
        count = matches(page)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect_equal(page.locator("#table tbody tr").count(), count, "printed rows")
        page.emulate_media(media="print")
        expect(not page.locator("#search").is_visible(), "controls are printed")
        expect_equal(page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor"), "rgb(255, 255, 255)", "paper")
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=pages.folder / "paper.png")
        page.emulate_media(media="screen")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect_equal(page.locator("#table tbody tr").count(), min(50, count), "rows after printing")
        (pages.folder / "paper.pdf").write_bytes(page.pdf(prefer_css_page_size=True))


CHECKS = [
    keyboard_is_enough, assistive_technology_is_told, themes_have_contrast, japanese_is_japanese,
    narrow_and_paper_fit,
]
