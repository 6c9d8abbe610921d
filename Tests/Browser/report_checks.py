"""What the page shows is what the report holds, whatever is clicked, typed or sorted."""

import collections
import re

from reading import TOLD, column, matches, names, natural, number_in, report_of, texts, title, wait_for_matches
from support import expect, expect_equal


def totals_add_up(pages):
    for name in ["sample", "empty"]:
        with pages.open(name) as page:
            data = report_of(pages, name)
            verdicts = collections.Counter(row["verdict"] for row in data["rows"])
            cards = page.locator("#cards .card")
            labels = ["Devices"] + [title(data["verdicts"][verdict]["en"]) for verdict in ["pass", "fail", "indeterminate", "not_applicable"]]
            numbers = [len(data["rows"])] + [verdicts[verdict] for verdict in ["pass", "fail", "indeterminate", "not_applicable"]]
            expect_equal(texts(cards.locator(".card-label")), labels + ["Rows that could not be read"], "cards")
            expect_equal([number_in(text) for text in texts(cards.locator(".card-number"))], numbers + [len(data["problems"])], "totals")
            rows, devices, problems = [int(part.replace(",", "")) for part in re.findall(r"\d[\d,]*", page.locator("#sum-rows").inner_text())]
            expect_equal((rows, devices, problems), (devices + problems, len(data["rows"]), len(data["problems"])), "sum of rows")
            parts = [int(part.replace(",", "")) for part in re.findall(r"\d[\d,]*", page.locator("#sum-devices").inner_text())]
            expect_equal(parts[0], sum(parts[1:]), "sum of devices")
            wait_for_matches(page, len(data["rows"]), "all devices")
            if not data["rows"]:
                expect_equal(texts(page.locator("#table tbody td")), ["No device matches."], "an empty table")


def charts_show_the_report(pages):
    with pages.open("sample") as page:
        data = report_of(pages, "sample")
        details = collections.Counter(row["statuses"][0] for row in data["rows"] if row["statuses"])
        expected = {title(data["statuses"][status]["en"]): count for status, count in details.items()}
        bars = page.locator("#status-bars .bar")
        found = dict(zip(texts(bars.locator(".bar-label")), [number_in(text) for text in texts(bars.locator(".bar-number"))]))
        expect_equal(found, expected, "status details")
        counts = list(found.values())
        expect_equal(counts, sorted(counts, reverse=True), "order of the bars")
        widths = [box.bounding_box()["width"] for box in bars.locator(".bar-track span").all()]
        expect(abs(widths[-1] / widths[0] - counts[-1] / counts[0]) < 0.02, f"bars of {widths} for {counts}")
        expect_equal(number_in(page.locator("#status-rest .bar-number").inner_text()), len(data["rows"]) - sum(counts), "without a status detail")

        branches = collections.defaultdict(collections.Counter)
        for row in data["rows"]:
            branches[row["branch"] or "Unknown branch"][row["verdict"]] += 1
        page.locator("#branch-table").locator("xpath=..").locator("summary").click()
        lines = [texts(line.locator("th, td")) for line in page.locator("#branch-table tbody tr").all()]
        expected = [
            [name] + [str(branches[name][verdict]) for verdict in ["pass", "fail", "indeterminate", "not_applicable"]] + [str(sum(branches[name].values()))]
            for name in sorted(branches, key=lambda name: (name == "Unknown branch", natural(name)))
        ]
        expect_equal(lines, expected, "the branches as a table")
        expect_equal(texts(page.locator("#branch-bars .bar-label")), [line[0] for line in expected], "branches")


def details_tell_all(pages):
    with pages.open("sample") as page:
        data = report_of(pages, "sample")
        index, row = next((index, row) for index, row in enumerate(data["rows"]) if row["statuses"] == ["tpm_not_available", "tpm_not_ready"])
        page.get_by_role("searchbox").fill(row["texts"]["device_id"])
        wait_for_matches(page, 1, "one device")
        page.get_by_role("button", name=row["texts"]["device_name"]).click()
        dialog = page.get_by_role("dialog", name=row["texts"]["device_name"])
        text = dialog.inner_text()
        for part in ["Does not comply", "No usable TPM 2.0", "Also", "The TPM is not ready", "tpm_present", "There is no TPM 2.0.", "critical",
                     "policyc remedy enable_tpm", "Another attempt can succeed", row["texts"]["upn"], row["texts"]["model"], f"{row['line']:,}"]:
            expect(part in text, f"{part!r} is not in the details: {text}")
        page.screenshot(path=pages.folder / "details.png", animations="disabled")
        page.keyboard.press("Escape")
        expect(not dialog.is_visible(), "Escape leaves the details open")
        expect_equal(page.evaluate("document.activeElement.textContent"), row["texts"]["device_name"], "focus after the details")

        unready = next(row for row in data["rows"] if "clear_tpm" in row["remedies"])
        page.get_by_role("searchbox").fill(unready["texts"]["device_id"])
        wait_for_matches(page, 1, "another device")
        page.get_by_role("button", name=unready["texts"]["device_name"], exact=True).wait_for()
        page.locator("#table tbody td").nth(5).click()
        text = page.get_by_role("dialog").inner_text()
        for part in ["can lose data", "Before that:", "BitLocker recovery key", "policyc remedy clear_tpm"]:
            expect(part in text, f"{part!r} is not in the details: {text}")
        page.get_by_role("button", name="Close").click()
        expect(not page.get_by_role("dialog").is_visible(), "Close leaves the details open")


def problems_are_listed(pages):
    with pages.open("sample") as page:
        data = report_of(pages, "sample")
        lines = page.locator("#problems-table tbody tr")
        expect_equal(lines.count(), 25, "rows that could not be read, at first")
        page.locator("#problems-more").click()
        found = [texts(line.locator("th, td")) for line in lines.all()]
        expect_equal(found, [[f"{problem['line']:,}", problem["reason"]] for problem in data["problems"]], "rows that could not be read")
        expect(not page.locator("#problems-more").is_visible(), "there is nothing more to show")


def part_of_a_report_says_so(pages):
    with pages.open("part") as page:
        rows = len(report_of(pages, "part")["rows"])
        expect(f"{rows} of the 400 devices" in page.locator("#filtered").inner_text(), page.locator("#filtered").inner_text())
        wait_for_matches(page, rows, "part")
    with pages.open("sample") as page:
        expect(not page.locator("#filtered").is_visible(), "a whole report says that it is a part")


def every_column_is_there(pages):
    with pages.open("sample") as page:
        data = report_of(pages, "sample")
        heads = texts(page.locator("#table thead th"))
        expect_equal(len(heads), 16, "columns")
        row = data["rows"][0]
        cells = page.locator("#table tbody tr").first.evaluate("(row) => [...row.cells].map((cell) => cell.textContent)")
        expected = [row["texts"]["device_name"], title(data["verdicts"][row["verdict"]]["en"]), data["states"][row["state"]]["en"]]
        expect_equal(cells[:3], expected, "first cells")
        expect_equal(cells[6:], [row["texts"][key] or "–" for key in TOLD[1:]], "told cells")
        lists = {"Status detail": "statuses", "Failed rules": "failed", "Remedies": "remedies"}
        for heading, key in lists.items():
            for text, row in zip(column(page, heading), data["rows"]):
                more = len(row[key]) - 1
                expect((text == "") == (more < 0), f"{heading} {text!r} of {row[key]}")
                expect(more < 1 and "more" not in text or text.endswith(f" +{more} more"), f"{heading} {text!r} of {row[key]}")
        page.get_by_role("searchbox").fill("clear_tpm")
        wait_for_matches(page, sum("clear_tpm" in row["remedies"] for row in data["rows"]), "clear_tpm")
        for text, row in zip(column(page, "Remedies"), [row for row in data["rows"] if "clear_tpm" in row["remedies"]]):
            expect(("can lose data" in text) == (row["remedies"][0] == "clear_tpm"), f"Remedies {text!r} of {row['remedies']}")
        page.get_by_role("searchbox").fill("")
        wait_for_matches(page, len(data["rows"]), "search cleared")
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="UPN").uncheck()
        expect("UPN" not in texts(page.locator("#table thead th")), "a column that is switched off is still there")
        page.keyboard.press("Escape")
        expect(not page.get_by_role("checkbox", name="UPN").is_visible(), "Escape leaves the list of columns open")
        expect_equal(page.locator("#table").get_attribute("aria-rowcount"), str(len(data["rows"]) + 1), "aria-rowcount")
        page.get_by_role("button", name="Next").click()
        expect_equal(page.locator("#matches").text_content(), "1,200 of 1,200 devices, page 2 of 24", "live region")
        expect_equal(page.locator("#table tbody tr").first.get_attribute("aria-rowindex"), "52", "aria-rowindex")
        expect_equal(names(page)[0], data["rows"][50]["texts"]["device_name"], "second page")
        page.get_by_label("Page", exact=True).fill("24")
        page.get_by_label("Page", exact=True).press("Enter")
        expect_equal(names(page)[-1], data["rows"][-1]["texts"]["device_name"], "last page")


CHECKS = [
    totals_add_up, charts_show_the_report, details_tell_all, problems_are_listed, part_of_a_report_says_so,
    every_column_is_there,
]
