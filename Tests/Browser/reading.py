"""Reads what a page shows."""

import json
import re

from support import Failure

TOLD = [
    "device_name", "upn", "os", "os_version", "ownership", "last_check_in", "enrollment_date", "tpm_version",
    "tpm_manufacturer", "model", "device_id",
]


def report_of(pages, name):
    return json.loads((pages.folder / f"{name}.json").read_text(encoding="utf-8"))


def title(text):
    return text[:1].upper() + text[1:]


def texts(locator):
    return [text.strip() for text in locator.all_inner_texts()]


def names(page):
    """The names of the devices on the shown page of the table."""
    return texts(page.locator("#table tbody th"))


def matches(page):
    """The count of matches as the live region tells it."""
    found = re.match(r"([\d,]+) of ([\d,]+) devices", page.locator("#matches").inner_text())
    if not found:
        raise Failure(f"live region says {page.locator('#matches').inner_text()!r}")
    return int(found[1].replace(",", ""))


def wait_for_matches(page, expected, subject):
    wanted = f"{expected:,} of "
    try:
        page.wait_for_function("text => document.getElementById('matches').textContent.startsWith(text)", arg=wanted, timeout=15000)
    except Exception:
        raise Failure(f"{subject}: {matches(page)} matches, expected {expected}") from None


def number_in(text):
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def column(page, name):
    """The texts of a column on the shown page of the table, by its heading."""
    heads = texts(page.locator("#table thead th"))
    place = heads.index(name)
    return page.locator("#table tbody tr").evaluate_all("(rows, place) => rows.map((row) => row.cells[place].textContent)", place)


def rows_per_page(page, size):
    page.get_by_label("Rows per page").select_option(str(size))


def natural(text):
    """Digits as numbers, letters without case: how builds, versions and names are ordered."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.lower()) for part in re.findall(r"\d+|\D+", text)]


def attention(row):
    return row["failed"] + row["unknown"] + row["warned"]
