#!/usr/bin/env python3
"""Fails if a test class of the sources has not run: check-tests.py STAMP

What ran is what Maven's reports name that are newer than the file STAMP, whichever profile ran it.
"""
import pathlib
import re
import subprocess
import sys
from xml.etree import ElementTree

NAME = re.compile(r"(?:Test|IT)$")
ABSTRACT = re.compile(r"^(?:public )?(?:abstract class|interface) ", re.MULTILINE)


def main():
    since = pathlib.Path(sys.argv[1]).stat().st_mtime
    sources = subprocess.run(["git", "ls-files", "*/src/test/java/*.java"], capture_output=True, text=True, check=True)
    files = [pathlib.Path(name) for name in sources.stdout.splitlines()]
    expected = {named(file) for file in files if NAME.search(file.stem) and not ABSTRACT.search(file.read_text())}
    missing = sorted(expected - set(ran(since)))
    for name in missing:
        print(f"tests: {name} has not run", file=sys.stderr)
    if missing:
        sys.exit(1)
    print(f"tests: all {len(expected)} classes have run")


def named(file):
    return ".".join(file.with_suffix("").parts[file.parts.index("java") + 1:])


def ran(since):
    for report in pathlib.Path().glob("*/target/*-reports/TEST-*.xml"):
        suite = ElementTree.parse(report).getroot()
        if report.stat().st_mtime >= since and int(suite.get("tests")) > int(suite.get("skipped")):
            # A nested class is a part of the one that it is in.
            yield suite.get("name").split("$")[0]


if __name__ == "__main__":
    main()
