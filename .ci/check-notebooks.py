#!/usr/bin/env python3
"""Runs every notebook on what a demo has left: check-notebooks.py DEMO_FOLDER OUTPUT_FOLDER

Fails if a cell does, if a notebook in git holds an output, or if one without its data shows a stack trace. The executed
notebooks and their pictures are left in OUTPUT_FOLDER, to be looked at.
"""
import base64
import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "notebooks"
TIMEOUT = 300


def main():
    demo, output = map(pathlib.Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    books = sorted(FOLDER.glob("*.ipynb"))
    for path in books:
        book = nbformat.read(path, as_version=4)
        stored = [cell for cell in book.cells if cell.get("outputs") or cell.get("execution_count")]
        if stored:
            sys.exit(f"notebooks: {path.name} holds outputs; clear them before you commit")
        run(book, demo / "validator-1.yaml")
        nbformat.write(book, output / path.name)
        pictures = save_pictures(book, output / path.stem)
        print(f"notebooks: {path.name}: {len(book.cells)} cells, {pictures} pictures", flush=True)
    refuses_nothing_quietly(books[0])


def run(book, config):
    os.environ["ASSAY_CONFIG"] = str(config)
    # The kernel starts in the notebooks' folder, where session.py is.
    NotebookClient(book, timeout=TIMEOUT, resources={"metadata": {"path": str(FOLDER)}}).execute()


def save_pictures(book, stem):
    count = 0
    for cell in book.cells:
        for shown in cell.get("outputs", []):
            if "image/png" in shown.get("data", {}):
                count += 1
                pathlib.Path(f"{stem}-{count}.png").write_bytes(base64.b64decode(shown["data"]["image/png"]))
    return count


def refuses_nothing_quietly(path):
    book = nbformat.read(path, as_version=4)
    try:
        run(book, "/nowhere/assay.yaml")
    except CellExecutionError as failure:
        words = "".join(failure.traceback)
        if "nothing to show" not in words or "Traceback" in words:
            sys.exit(f"notebooks: without its data {path.name} says: {words}")
        return
    sys.exit(f"notebooks: {path.name} succeeds without its data")


if __name__ == "__main__":
    main()
