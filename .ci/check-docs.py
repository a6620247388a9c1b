#!/usr/bin/env python3
"""Fails for a command in a Markdown block that no script of CI runs, and for a test or a link that isn't there."""
import pathlib
import re
import subprocess
import sys

COMMAND = re.compile(r"^\s*(?:\$ )?((?:\./assay|mvn|cli/target/assay/bin/)\S*(?: .*)?)$")
TEST = re.compile(r"`([A-Z]\w+(?:Test|IT))(?:\.(\w+))?`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def main():
    pages = [pathlib.Path(name) for name in git("ls-files", "*.md")]
    # What a shell does with quotes and line breaks doesn't matter here.
    run = plain(" ".join(pathlib.Path(".ci", name).read_text() for name in ("run", "check-cluster")))
    for page in pages:
        text = page.read_text()
        for command in commands(text):
            if essential(command) not in run:
                sys.exit(f"docs: {page} shows '{command}', which CI never runs")
        for name, method in TEST.findall(text):
            if not is_there(name, method):
                sys.exit(f"docs: {page} names the test {name}.{method}, which isn't there")
        for link in LINK.findall(text):
            if not (page.parent / link).exists():
                sys.exit(f"docs: {page} links to {link}, which isn't there")
    print(f"docs: {len(pages)} pages, every command is run, every test is there, every link leads somewhere")


def is_there(test, method):
    files = [pathlib.Path(name) for name in git("ls-files", f"*/{test}.java")]
    return any(re.search(rf"void {method}\b", file.read_text()) for file in files) if method else bool(files)


def commands(text):
    """Lines of fenced or indented blocks that call one of our own commands, continued lines joined."""
    block = False
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("```"):
            block = not block
        elif (block or line.startswith("    ")) and (found := COMMAND.match(line)):
            yield plain(found.group(1))


def essential(command):
    """A cluster's address differs from place to place, and so do the files that one names."""
    return "evaluate" if "spark-submit" in command else command


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"[\\\"']", "", text)).strip()


def git(*words):
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.split()


main()
