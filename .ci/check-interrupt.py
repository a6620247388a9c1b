#!/usr/bin/env python3
"""Interrupts the demo as Ctrl-C does, each time a while after it said a given word, and looks for what is left."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

PATIENCE_SECONDS = 20
START_SECONDS = 300
MOMENTS = [
    ("1/7", 0),
    ("3/7", 2),
    ("Spark starts", 0.5),
    ("commitments: netuid", 0),
    ("losses:", 2),
    ("6/7", 0.2),
]


def main(out):
    for word, wait in MOMENTS:
        interrupt(word, wait, pathlib.Path(out))


def interrupt(word, wait, out):
    shutil.rmtree(out, ignore_errors=True)
    log = out.with_suffix(".log")
    with log.open("w") as errors:
        demo = subprocess.Popen(
            ["./assay", "demo", "--fast", "--json", "--out", str(out)],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        await_word(demo, word, log)
        time.sleep(wait)
        os.killpg(demo.pid, signal.SIGINT)
        code = demo.wait(PATIENCE_SECONDS)
    await_end(demo.pid)
    said = log.read_text()
    if "Exception" in said or "\tat " in said:
        sys.exit(f"interrupt: a stack trace {wait} s after '{word}':\n{said}")
    if code not in (130, -signal.SIGINT):
        sys.exit(f"interrupt: the exit code {wait} s after '{word}' is {code}, not 130:\n{said}")
    print(f"interrupt: {wait} s after '{word}' the demo left no process and no port")


def await_word(demo, word, log):
    end = time.monotonic() + START_SECONDS
    while word not in log.read_text():
        if demo.poll() is not None or time.monotonic() > end:
            demo.kill()
            sys.exit(f"interrupt: the demo never said '{word}':\n{log.read_text()}")
        time.sleep(0.05)


def await_end(session):
    """The demo's processes are one session; when the last one is gone, so are its ports."""
    end = time.monotonic() + PATIENCE_SECONDS
    while processes(session):
        if time.monotonic() > end:
            sys.exit(f"interrupt: processes {processes(session)} are left")
        time.sleep(0.2)


def processes(session):
    listed = subprocess.run(
        ["ps", "-eo", "sid=,pid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()]
    return [row for row in rows if row[0] == str(session) and not row[2].startswith("Z")]


main(sys.argv[1])
