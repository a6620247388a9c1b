#!/usr/bin/env python3
"""Interrupts the demo as Ctrl-C does, after each given number of seconds, and looks for what is left."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

PATIENCE_SECONDS = 20


def main(moments, out):
    for moment in moments:
        interrupt(float(moment), pathlib.Path(out))


def interrupt(moment, out):
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
        time.sleep(moment)
        if demo.poll() is not None:
            sys.exit(f"interrupt: the demo ended before {moment} s:\n{log.read_text()}")
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(PATIENCE_SECONDS)
    await_end(demo.pid)
    said = log.read_text()
    if "Exception" in said or "\tat " in said:
        sys.exit(f"interrupt: a stack trace after {moment} s:\n{said}")
    print(f"interrupt: after {moment} s the demo left no process and no port")


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


main(sys.argv[1:-1], sys.argv[-1])
