#!/usr/bin/env python3
"""Holds the documentation against the repository; prints every fault and fails if there is one.

Each command in a Markdown block that begins with ./ is run by a script of CI (what other `assay ...` lines say is
understood by the command line, as DocumentedCommandsTest sees), each test that a page names is there, each link leads
somewhere (its anchor too), each class that heads an entry of a list is there, each module has a README, and no line is
longer than 120 characters.
"""
import pathlib
import re
import subprocess
import sys

COMMAND = re.compile(r"^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*((?:\./assay|\./mvnw|mvn|cli/target/assay/bin/)(?: .*)?)$")
INLINE = re.compile(r"`((?:\./mvnw|mvn) [^`]*)`")
TEST = re.compile(r"`([A-Z]\w+(?:Test|IT))(?:\.(\w+))?`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
OWNERS = re.compile(r"^- ((?:`[A-Z]\w*[a-z]\w*`(?:, )?)+):", re.MULTILINE)
MODULE = re.compile(r"<module>([^<]+)</module>")

LONGEST = 120
WRITTEN = ("*.md", "*.java", "*.py", "*.mjs", "*.yaml", "assay", ".ci/*")
# GuideIT runs each command of these, as printed.
GUIDES = ("docs/miner.md", "docs/validator.md")
# A key or a signature cannot be broken: such a line has at most two words.
UNBREAKABLE = re.compile(r"\s*\S+(?: \S+)?$")


def main():
    pages = [pathlib.Path(name) for name in git("ls-files", "*.md")]
    # What a shell does with quotes and line breaks doesn't matter here.
    stages = ("run", "check-cluster", "check-notebooks.py")
    run = plain(" ".join(pathlib.Path(".ci", name).read_text() for name in stages))
    faults = [*missing_readmes(), *long_lines()]
    for page in pages:
        faults += faults_of(page, run)
    for fault in faults:
        print(f"docs: {fault}", file=sys.stderr)
    if faults:
        sys.exit(1)
    print(f"docs: {len(pages)} pages: every command is run, every test and link is there, lines are short")


def faults_of(page, run):
    text = page.read_text()
    for command in commands(text):
        if str(page) not in GUIDES and essential(command) not in run:
            yield f"{page} shows '{command}', which CI never runs"
    for name, method in TEST.findall(text):
        if not is_there(name, method):
            yield f"{page} names the test {name}.{method}, which isn't there"
    for owner in re.findall(r"\w+", " ".join(OWNERS.findall(text))):
        if not git("ls-files", f"*/{owner}.java"):
            yield f"{page} names the class {owner}, which isn't there"
    for target, anchor in LINK.findall(text):
        path = page.parent / target if target else page
        if not path.exists():
            yield f"{page} links to {target}, which isn't there"
        elif anchor and path.suffix == ".md" and anchor not in anchors(path):
            yield f"{page} links to {target}#{anchor}, a heading which isn't there"


def missing_readmes():
    for module in MODULE.findall(pathlib.Path("pom.xml").read_text()):
        if not pathlib.Path(module, "README.md").exists():
            yield f"the module {module} has no README.md"


def long_lines():
    for name in git("ls-files", *WRITTEN):
        for number, line in enumerate(pathlib.Path(name).read_text().splitlines(), 1):
            if len(line) > LONGEST and not UNBREAKABLE.match(line):
                yield f"{name}:{number} has {len(line)} characters, at most {LONGEST} are allowed"


def anchors(page):
    """The names by which headings are linked to."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_there(test, method):
    files = [pathlib.Path(name) for name in git("ls-files", f"*/{test}.java")]
    return any(re.search(rf"void {method}\b", file.read_text()) for file in files) if method else bool(files)


def commands(text):
    """Our own commands: lines of fenced or indented blocks, continued lines joined, and Maven's within a sentence."""
    block = False
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("```"):
            block = not block
        elif (block or line.startswith("    ")) and (found := COMMAND.match(re.sub(r"\s+", " ", line))):
            yield plain(found.group(1))
        else:
            yield from map(plain, INLINE.findall(line))


def essential(command):
    """A cluster's address differs from place to place, and so do the files that one names."""
    return "evaluate" if "spark-submit" in command else command


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"[\\\"']", "", text)).strip()


def git(*words):
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.split("\n")[:-1]


main()
