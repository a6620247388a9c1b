#!/usr/bin/env python3
"""Builds the documentation as a site, in target/site/html: build-site.py MKDOCS

Every page that git knows is gathered with the files that pages link to, so that each link of the repository leads
somewhere on the site too. Fails on a page that links to nothing.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
FOREIGN = re.compile(r"<(?:script|link|img|iframe)[^>]* (?:src|href)=\"?(https?://[^\" >]+)")
PAGES = pathlib.Path("target/site/pages")
SITE = pathlib.Path("target/site/html")


def main(mkdocs):
    shutil.rmtree(PAGES, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "*.md"], capture_output=True, text=True, check=True).stdout.splitlines()
    pages = [pathlib.Path(name) for name in listed if "/src/" not in name]
    for file in {*pages, *(target for page in pages for target in linked(page))}:
        copy = PAGES / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([mkdocs, "build", "--strict", "--quiet", "--clean"], check=True, env=quiet)
    refuse_foreign(sorted(SITE.rglob("*.html")))
    found = json.loads((SITE / "search" / "search_index.json").read_text())["docs"]
    print(f"site: {len(pages)} pages, {len(found)} sections to search in")


def refuse_foreign(pages):
    """A reader's browser asks nobody but the site."""
    for page in pages:
        for address in FOREIGN.findall(page.read_text()):
            sys.exit(f"site: {page} makes a browser ask {address}")


def linked(page):
    root = pathlib.Path.cwd()
    for target in LINK.findall(page.read_text()):
        file = (root / page.parent / target).resolve()
        if file.is_file() and file.is_relative_to(root):
            yield file.relative_to(root)


if __name__ == "__main__":
    main(*sys.argv[1:])
