#!/usr/bin/env python3
"""Checks the fleet's page in Chromium: fleet_page.py FOLDER [CHECK…].

The folder holds pages and, as JSON, the reports that they were made of. A line is printed for each check, and the end is 1 when
one failed. Screenshots are left in the folder.
"""

import sys

import access_checks
import choice_checks
import report_checks
import security_checks
from support import Suite

CHECKS = report_checks.CHECKS + choice_checks.CHECKS + access_checks.CHECKS + security_checks.CHECKS

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: fleet_page.py FOLDER [CHECK…]")
    wanted = sys.argv[2:]
    sys.exit(Suite(sys.argv[1]).run([check for check in CHECKS if not wanted or check.__name__ in wanted]))
