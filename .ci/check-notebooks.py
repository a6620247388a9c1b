#!/usr/bin/env python3
"""Runs every notebook on what a demo has left: check-notebooks.py DEMO_FOLDER OUTPUT_FOLDER

Fails if a cell does, if a notebook in git holds an output, or if one without its data shows anything but words. The
executed notebooks and their pictures are left in OUTPUT_FOLDER, to be looked at.
"""
import base64
import json
import os
import pathlib
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "notebooks"
TIMEOUT = 300


def main():
    demo, output = map(pathlib.Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    books = sorted(FOLDER.glob("*.ipynb"))
    os.environ.update(jupyter_starts([path.name for path in books]))
    for path in books:
        book = nbformat.read(path, as_version=4)
        stored = [cell for cell in book.cells if cell.get("outputs") or cell.get("execution_count")]
        if stored:
            sys.exit(f"notebooks: {path.name} holds outputs; clear them before you commit")
        run(book, demo / "validator-1.yaml")
        nbformat.write(book, output / path.name)
        if "nothing to show" in str([cell.get("outputs") for cell in book.cells]):
            sys.exit(f"notebooks: {path.name} shows less than the demo has")
        pictures = save_pictures(book, output / path.stem)
        print(f"notebooks: {path.name}: {len(book.cells)} cells, {pictures} pictures", flush=True)
    empty = output / "empty.yaml"
    empty.write_text(f"paths: {{warehouse: {output.absolute()}/no-tables, bundles: {output.absolute()}/no-bundles}}\n")
    for path in books:
        refuses_nothing_quietly(path, "/nowhere/assay.yaml")
        refuses_nothing_quietly(path, empty)
    print("notebooks: each says in words that there is nothing to show")


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


def refuses_nothing_quietly(path, config):
    book = nbformat.read(path, as_version=4)
    try:
        run(book, config)
    except CellExecutionError:
        # What a reader sees, which is less than the failure holds.
        outputs = [shown for cell in book.cells for shown in cell.get("outputs", [])]
        words = "\n".join(line for shown in outputs for line in shown.get("traceback", []))
        if "nothing to show" not in words or words.count("\n") > 1:
            sys.exit(f"notebooks: without its data {path.name} says: {words}")
        return
    sys.exit(f"notebooks: {path.name} succeeds without its data")


def jupyter_starts(names):
    """The command that people start it with serves the notebooks, and nothing of it outlives it.

    Returns the variables with which its kernels find Java's classes.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # As root Jupyter wants to be told so.
    command = "./assay notebook --config loop/validator-1.yaml -- --no-browser --allow-root"
    words = [*shlex.split(command), f"--port={port}"]
    words[2:2] = ["--python", sys.executable]
    process = subprocess.Popen(
        words, cwd=FOLDER.parent, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )
    said = []
    for line in process.stderr:
        said.append(line)
        address = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*\?token=(\w+)", line)
        if address:
            break
    else:
        sys.exit(f"notebooks: {command} ended: {''.join(said)}")
    url = f"{address[1]}/api/contents?token={address[2]}"
    served = {entry["name"] for entry in answered(url)["content"]}
    java = variables_of_jupyter(process.pid)
    process.terminate()
    process.stderr.read()
    process.wait(60)
    left = left_after(10, process.pid)
    if not set(names) <= served or left:
        sys.exit(f"notebooks: {command} serves {sorted(served)} and leaves the processes {left}")
    print(f"notebooks: {command}: serves {len(names)} notebooks, and ends when it is told to")
    return java


def variables_of_jupyter(session):
    found = subprocess.run(["pgrep", "-s", str(session), "-f", "--", "-m jupyterlab"], capture_output=True, text=True)
    environment = pathlib.Path("/proc", found.stdout.split()[0], "environ").read_text().split("\0")
    return dict(pair.split("=", 1) for pair in environment if pair.startswith(("JJAVA_", "DJL_OFFLINE=")))


def left_after(seconds, session):
    """What the launcher starts to clear up behind a command needs a moment."""
    for _ in range(2 * seconds):
        left = subprocess.run(["pgrep", "-a", "-s", str(session)], capture_output=True, text=True).stdout.splitlines()
        if not left:
            break
        time.sleep(0.5)
    return left


def answered(url):
    """Jupyter tells its address a moment before it listens there."""
    for attempt in range(60):
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.URLError as refused:
            last = refused
            time.sleep(0.5)
    sys.exit(f"notebooks: Jupyter doesn't answer at {url.partition('?')[0]}: {last}")


if __name__ == "__main__":
    main()
