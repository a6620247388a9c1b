#!/usr/bin/env python3
"""Runs every example that a command's help shows, as printed: check-examples.py FOLDER LOOP

FOLDER will hold what the examples name; LOOP is what "assay demo --out loop" has left.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
# Blocks come every 2 s, and a window is judged on the samples of the one before.
WINDOW = 24
# An example may find nothing to do, as submit does if no model has earned a weight.
FINE = (0, 3)
# The localnet's subnet starts without neurons; an example that names one is understood, and told so.
NO_NEURONS = "the subnet's uids are 0 to -1"


def main(work, loop):
    work = pathlib.Path(work).resolve()
    prepare(work)
    shutil.copytree(loop, work / "loop", symlinks=True)
    furnish(work)
    examples = sorted(set(collected()), key=rank)
    ci = "".join((ROOT / ".ci" / name).read_text() for name in ("run", "check-notebooks.py"))
    localnet = None
    try:
        for example in examples:
            if f"./{example}\n" in ci or f"./{example} " in ci:
                print(f"examples: {example}: another stage of CI runs it")
            elif example.startswith("assay validator"):
                started_for_a_while(example, work)
            elif example.startswith("assay localnet up"):
                localnet = started(example, work)
            else:
                run(example, work)
    finally:
        if localnet:
            localnet.terminate()
            localnet.wait(30)
    print(f"examples: {len(examples)} run as printed")


def rank(example):
    # What needs no chain comes first: meanwhile windows pass, which snapshots are then taken of.
    order = ["demo", "bench", "snapshot", "evaluate", "submit", "yuma", "train"]
    order += ["localnet", "register", "stake", "publish", "commit", "mine"]
    name = example.split()[1]
    if example.startswith("assay localnet up"):
        return (-1, example)
    return (order.index(name) if name in order else len(order), example)


def collected():
    """The examples of every command's help, which one JVM prints."""
    classes = f"{ROOT}/cli/target/test-classes:{ROOT}/cli/target/assay/jars/*"
    helps = subprocess.run(
        ["java", "-cp", classes, "dev.assay.cli.EveryHelp"], capture_output=True, text=True, check=True
    )
    for line in helps.stdout.splitlines():
        if line.startswith("  assay "):
            yield re.split(r"\s{2,}", line.strip())[0]


def prepare(work):
    shutil.rmtree(work, ignore_errors=True)
    (work / "bin").mkdir(parents=True)
    (work / "bin" / "assay").symlink_to(ROOT / "assay")
    shutil.copytree(ROOT / "conf", work / "conf")
    (work / "w.json").write_text('{"0": 0.7}')
    (work / "samples.jsonl").write_text((json.dumps({"ids": [72, 101, 108, 108, 111], "prompt_len": 2}) + "\n") * 2)
    model = {"uid": 1, "hotkey": "a", "block": 5, "digest": "x", "losses": [1.0, 2.0]}
    other = {"uid": 2, "hotkey": "b", "block": 6, "digest": "y", "losses": [0.9, "NaN"]}
    (work / "losses.json").write_text(json.dumps({"models": [model, other]}))


def started(example, work):
    log = work / "localnet.log"
    process = subprocess.Popen(shlex.split(example), cwd=work, env=environment(work), stdout=log.open("w"))
    wanted = {"chain", "hub", "feed"}
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        found = dict(re.findall(r"^(chain|hub|feed)\s+(http\S+)", log.read_text(), re.MULTILINE))
        if wanted <= set(found):
            print(f"examples: {example}: runs")
            (work / "conf" / "assay.yaml").write_text(settings(found))
            return process
        time.sleep(0.5)
    sys.exit(f"examples: {example} told no addresses:\n{log.read_text()}")


def started_for_a_while(example, work):
    """A command without an end: it must have begun to work, and end when it is told to."""
    process = subprocess.Popen(
        shlex.split(example), cwd=work, env=environment(work), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    for line in process.stderr:
        if " starts" in line:
            break
    process.terminate()
    said = process.stderr.read()
    if process.wait(60) != 143:
        sys.exit(f"examples: '{example}' ended with {process.returncode}:\n{said}")
    print(f"examples: {example}: starts, and ends when it is told to", flush=True)


def settings(found):
    return f"""
chain: {{endpoints: ["{found['chain']}"]}}
hub: {{endpoint: "{found['hub']}"}}
feed: {{endpoint: "{found['feed']}", sources: [{ALICE}]}}
window: {{blocks: {WINDOW}}}
evaluation: {{competitions: competitions-demo.yaml}}
spark: {{executors: 1, executor_memory: 512MiB}}
submit: {{wallets: wallets, wallet: alice, hotkey: default}}
"""


def furnish(work):
    """The demo's models under the names that examples use, and the hotkey of the one who owns the subnet."""
    checkpoint = next(folder for folder in sorted((work / "loop" / "miners").glob("patient/*")) if folder.is_dir())
    for name in ("my-model", "a", "b", "c", "d"):
        shutil.copytree(checkpoint, work / name)
    hotkeys = work / "wallets" / "alice" / "hotkeys"
    hotkeys.mkdir(parents=True)
    keyfile = hotkeys / "default"
    keyfile.write_text(
        json.dumps(
            {
                "publicKey": "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
                "secretSeed": "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a",
                "ss58Address": ALICE,
            }
        )
    )
    keyfile.chmod(0o600)
    public = {"publicKey": "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d", "ss58Address": ALICE}
    (hotkeys / "defaultpub.txt").write_text(json.dumps(public))


def run(example, work):
    since = time.monotonic()
    done = subprocess.run(["bash", "-c", example], cwd=work, env=environment(work), capture_output=True, text=True)
    for line in (done.stdout + done.stderr).splitlines():
        if line.startswith("assay: ") or "Exception" in line:
            print(f"  {line}")
    # The localnet knows no registered hotkey, and the doctor says so; two steps from another's model leave a copy.
    said = {"doctor": "not registered", "check": "would get DUPLICATE"}.get(example.split()[1])
    is_told = done.returncode == 1 and said is not None and said in done.stdout
    if done.returncode not in FINE and not is_told and not (" yuma " in example and NO_NEURONS in done.stderr):
        sys.exit(f"examples: '{example}' ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    print(f"examples: {example}: {done.returncode} after {time.monotonic() - since:.0f} s", flush=True)


def environment(work):
    return os.environ | {"PATH": f"{work / 'bin'}:{os.environ['PATH']}", "ASSAY_HUB_TOKEN": "localnet"}


main(sys.argv[1], sys.argv[2])
