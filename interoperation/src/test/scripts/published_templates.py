"""Prints chat templates that model makers published.

Reads {"folder": a folder to keep the download in} and prints {name: Jinja source}. They come from llama.cpp, as
the source package of llama-cpp-python on PyPI carries it: the files of models/templates under their names there, and
the strings of tests/test-chat-template.cpp under the names that the test gives them.
"""

import json
import pathlib
import re
import subprocess
import sys
import tarfile

PACKAGE = "llama-cpp-python==0.3.36"
TEMPLATES = re.compile(r"/vendor/llama\.cpp/models/templates/([^/]+)\.jinja$")
TESTS = "/vendor/llama.cpp/tests/test-chat-template.cpp"
STRING = r'"(?:[^"\\]|\\.)*"'
CASE = re.compile(rf"/\* \.name= \*/ ({STRING}),\s*/\* \.template_str= \*/ ({STRING})")


def source_package(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.tar.gz")):
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", PACKAGE]
        subprocess.run([*download, "-d", str(folder)], check=True, stdout=sys.stderr)
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
