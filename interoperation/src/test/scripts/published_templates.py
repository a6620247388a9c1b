"""Prints chat templates that model makers published.

Reads {"folder": a folder to keep the download in} and prints {name: Jinja source}. They come from llama.cpp, as
the source package of llama-cpp-python on PyPI carries it: the files of models/templates under their names there, and
the strings of tests/test-chat-template.cpp under the names that the test gives them.
"""

import hashlib
import json
import os
import pathlib
import re
import sys
import tarfile
import urllib.parse
import urllib.request

NAME, VERSION = "llama-cpp-python", "0.3.36"
LINK = re.compile(rf'href="([^"#]*{NAME.replace("-", "_")}-{re.escape(VERSION)}\.tar\.gz)#sha256=([0-9a-f]+)"')
TEMPLATES = re.compile(r"/vendor/llama\.cpp/models/templates/([^/]+)\.jinja$")
TESTS = "/vendor/llama.cpp/tests/test-chat-template.cpp"
STRING = r'"(?:[^"\\]|\\.)*"'
CASE = re.compile(rf"/\* \.name= \*/ ({STRING}),\s*/\* \.template_str= \*/ ({STRING})")


def source_package(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.tar.gz")):
        # pip would first build what the package is built with, which takes minutes.
        index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + f"/{NAME}/"
        with urllib.request.urlopen(index, timeout=180) as page:
            link, digest = LINK.search(page.read().decode()).groups()
        with urllib.request.urlopen(urllib.parse.urljoin(index, link), timeout=180) as package:
            content = package.read()
        if hashlib.sha256(content).hexdigest() != digest:
            sys.exit(f"{link} has another digest than its index says; fetch it again")
        part = folder / "part"
        part.write_bytes(content)
        part.rename(folder / link.rsplit("/", 1)[1])
    return next(folder.glob("*.tar.gz"))


def published(package):
    with tarfile.open(package) as files:
        for member in files:
            template = TEMPLATES.search(member.name)
            if template:
                yield template.group(1), files.extractfile(member).read().decode()
            elif member.name.endswith(TESTS):
                # C++ escapes its strings as JSON does, as far as these use any escape.
                for name, source in CASE.findall(files.extractfile(member).read().decode()):
                    yield json.loads(name), json.loads(source)


def main():
    request = json.load(sys.stdin)
    print(json.dumps(dict(published(source_package(pathlib.Path(request["folder"]))))))


if __name__ == "__main__":
    main()
