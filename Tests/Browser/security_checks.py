"""Texts of the input stay texts, and the security policy of the page holds."""

from reading import column, names, report_of, texts, wait_for_matches
from support import expect, expect_equal


def attacks_are_texts(pages):
    with pages.open("hostile") as page:
        data = report_of(pages, "hostile")
        expect_equal(page.evaluate("document.scripts.length"), 2, "scripts")
        expect_equal(page.locator("body img, body iframe, body [onerror], body [onload], a[href^='javascript']").count(), 0, "elements of attacks")
        shown = names(page)
        expected = [row["texts"]["device_name"] for row in data["rows"]]
        for index in [0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13]:
            expect_equal(shown[index], expected[index], "a name that attacks")
        expect_equal(shown[8], "<U+202E>exe.reppus", "a name that reorders")
        expect("\u0000" not in shown[9] and "\u2400" in shown[9], f"a name of control characters: {shown[9]!r}")
        expect("<U+2028>" in shown[10], f"a name with a line end: {shown[10]!r}")
        expect(len(shown[14]) <= 1001, f"a name of {len(shown[14])} characters")
        models = column(page, "Model")
        expect_equal(models[:8], expected[:8], "models that attack")
        reasons = texts(page.locator("#problems-table tbody td"))
        expect_equal([reason for reason in reasons[:8]], expected[:8], "reasons that attack")
        page.locator("#repeats summary").click()
        line = f"{expected[0]}, {data['rows'][0]['texts']['device_id']} – 2 rows, on lines 2, 3"
        expect_equal(texts(page.locator("#repeats li")), [line], "a device with two rows")
        for index in range(len(expected)):
            page.locator("#table .open").nth(index).click()
            expect(shown[index] in page.get_by_role("dialog").inner_text(), f"details of {shown[index]!r}")
            page.keyboard.press("Escape")
        page.get_by_role("searchbox").fill("<script>alert(1)")
        wait_for_matches(page, 1, "search for markup")
        page.get_by_label("Ownership", exact=True).and_(page.locator("select")).select_option(index=1)
        page.locator("#chips .chip").first.wait_for()
        for language in ["日本語", "English"]:
            page.get_by_role("button", name=language).click()
        page.get_by_role("button", name="Clear all").click()
        for heading in page.locator("#table .sort").all():
            heading.click()
        expect_equal(page.evaluate("Object.keys(window).filter((name) => /alert|constructor/.test(name)).length"), 1, "names of the window")


def policy_blocks(pages):
    source = (pages.folder / "sample.html").read_text(encoding="utf-8")
    additions = (
        "<script>window.injected = 'script'</script>"
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' onerror=\"window.injected = 'handler'\" onload=\"window.injected = 'handler'\">"
        "<style>h1 { color: rgb(1, 2, 3) !important }</style><p id='styled' style='color: rgb(1, 2, 3)'>x</p>"
        "<script src='data:text/javascript,window.injected=1'></script><iframe src='data:text/html,x'></iframe>"
        "<form id='form' action='https://attack.example/'></form><base href='https://attack.example/'>"
    )
    (pages.folder / "injected.html").write_text(source.replace("</main>", additions + "</main>"), encoding="utf-8")
    with pages.open("injected", allowed_errors=True) as page:
        expect_equal(page.evaluate("window.injected"), None, "what the injected code did")
        for selector in ["h1", "#styled"]:
            expect(page.locator(selector).evaluate("(one) => getComputedStyle(one).color") != "rgb(1, 2, 3)", f"injected style of {selector}")
        blocked = {violation.split(" ")[0] for violation in page.evaluate("window.violations")}
        expect({"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src", "base-uri"} <= blocked, f"violations: {blocked}")
        refused = page.evaluate("""() => { try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); return false; } catch { return true; } }""")
        expect(refused, "markup from a text is not refused")
        reached = page.evaluate("""() => fetch('https://attack.example/').then(() => true, () => false)""")
        expect(not reached, "a connection is not refused")


CHECKS = [
    attacks_are_texts, policy_blocks,
]
