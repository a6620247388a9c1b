#!/usr/bin/env python3
"""The shipped DAG in a real Airflow, against a localnet and Spark's standalone master: check-airflow.py VENV WORK

VENV holds Airflow (conf/airflow/requirements.txt); WORK is a new folder. Fails at the first promise that does not hold.
"""
import collections
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
SPARK_HOME = ROOT / "cli/target/assay"
MASTER_PORT = 17090
# 200 s of the localnet's blocks: what comes in a window is done meanwhile, on a busy machine as well.
WINDOW = 400
TASKS = ["wait_for_window", "snapshot", "prefetch", "evaluate", "submit", "fallback", "report", "maintain", "status"]
# Fails twice: a snapshot that can't be taken yet, and a submit whose process dies as soon as the weights are set.
FAILING_ONCE = """#!/bin/sh
case "$1" in
  snapshot) [ -e "{work}/snapshot" ] || { touch "{work}/snapshot"; exit 75; } ;;
  submit) [ -e "{work}/submit" ] || { "{assay}" "$@" >"{work}/submit"; kill -9 $$; } ;;
esac
exec "{assay}" "$@"
"""


def main():
    venv, work = (pathlib.Path(word).absolute() for word in sys.argv[1:])
    work.mkdir(parents=True)
    airflow = Airflow(venv, work)
    airflow.start()
    airflow.has_the_documented_tasks()
    airflow.turns_exit_codes_into_states()
    running = []
    try:
        running.append(cluster(work))
        running.append(localnet(work))
        config = work / "localnet" / "assay.yaml"
        validator(config, work)
        a_window_goes_round(airflow)
        a_repeated_submit_sets_nothing(config)
        a_backfill_sets_nothing(airflow)
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(60)


class Airflow:
    def __init__(self, venv, work):
        self.work = work
        self.environment = os.environ | {
            "PATH": f"{SPARK_HOME}/bin:{venv}/bin:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "conf/airflow/plugins"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "AIRFLOW_HOME": str(work / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "conf/airflow/dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "conf/airflow/plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW_VAR_ASSAY_COMMAND": str(work / "assay-failing-once"),
            "AIRFLOW_VAR_ASSAY_RETRY_SECONDS": "2",
            "AIRFLOW_VAR_ASSAY_SITE": str(work / "site"),
            "AIRFLOW_VAR_ASSAY_CONFIG": str(work / "localnet" / "assay.yaml"),
            "AIRFLOW_VAR_ASSAY_RESULTS": str(work / "results"),
            "AIRFLOW_CONN_SPARK_DEFAULT": json.dumps(
                {"conn_type": "spark", "host": "spark://127.0.0.1", "port": MASTER_PORT}
            ),
        }
        self.python = venv / "bin/python"
        self.command = venv / "bin/airflow"

    def start(self):
        command = self.work / "assay-failing-once"
        command.write_text(FAILING_ONCE.replace("{work}", str(self.work)).replace("{assay}", str(ROOT / "assay")))
        command.chmod(0o755)
        self.run(self.command, "db", "migrate")
        for pool in ("assay_gpu", "assay_chain"):
            self.run(self.command, "pools", "set", pool, "1", "for assay_validator")

    def has_the_documented_tasks(self):
        dag = json.loads(self.script("structure"))
        expect("import errors", dag["errors"], {})
        expect("tasks", dag["tasks"], TASKS)
        expect("runs at once", dag["max_active_runs"], 1)
        expect("catch-up", dag["catchup"], False)
        expect("pools", dag["pools"], {"evaluate": "assay_gpu", "submit": "assay_chain", "fallback": "assay_chain"})
        expect("tasks without a time limit", dag["unlimited"], [])
        expect("tasks whose failure nobody is told", dag["silent"], [])

    def turns_exit_codes_into_states(self):
        expect("states of exit codes", json.loads(self.script("exit_codes")), {
            "0": "done", "1": "AirflowFailException", "2": "AirflowFailException",
            "3": "AirflowSkipException", "75": "AirflowException", "137": "AirflowException",
        })

    def test(self):
        """One run of the DAG; the states of its tasks, and what they pushed."""
        with (self.work / "run.log").open("w") as written:
            subprocess.run(
                [self.command, "dags", "test", "assay_validator"],
                env=self.environment, stdout=written, stderr=subprocess.STDOUT, timeout=600,
            )
        return json.loads(self.script("last_run"))

    def script(self, question):
        return self.run(self.python, ROOT / ".ci" / "airflow_checks.py", question).splitlines()[-1]

    def run(self, *command):
        ran = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)
        if ran.returncode:
            sys.exit(f"airflow: {command[0]} {command[1:]} failed:\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}")
        return ran.stdout


def cluster(work):
    return background(
        work / "cluster.log", "Ctrl-C stops them",
        SPARK_HOME / "bin/start-cluster", "--workers", "1", "--cores", "2", "--port", str(MASTER_PORT),
    )


def localnet(work):
    return background(
        work / "localnet.log", '"chain"',
        ROOT / "assay", "localnet", "up", "--json", "--block-time", "500", "--tempo", "100",
        "--data", work / "localnet",
    )


def validator(config, work):
    """A validator with stake and two miners, and a window that has samples before it."""
    shipped = config.read_text()
    config.write_text(shipped.replace("blocks: 100", f"blocks: {WINDOW}"))
    # A new warehouse begins with the present window, so the first snapshot is taken in the first.
    assay("snapshot", "--config", config)
    wallets = work / "wallets"
    assay("localnet", "stake", "--wallet", "validator", "--wallets", wallets, "--config", config)
    assay("localnet", "miners", "--count", "2", "--wallets", wallets, "--config", config)
    with config.open("a") as settings:
        settings.write(f"submit: {{wallets: {wallets}, wallet: validator, era_blocks: 64}}\n")
    # Models of the first window are judged in the third, on the samples of the second: the time until then is skipped.
    chain = re.search(r'"chain" *: *"([^"]+)"', (work / "localnet.log").read_text())[1].replace("ws://", "http://")
    while height(chain) < 2 * WINDOW:
        rpc(chain, "engine_createBlock", True, True)
    while json.loads(assay("window", "--json", "--config", config, codes=(0, 3)))["window"] < 2:
        time.sleep(1)


def height(chain):
    return int(rpc(chain, "chain_getHeader")["number"], 16)


def rpc(chain, method, *params):
    """What the node answers over HTTP."""
    request = urllib.request.Request(
        chain, headers={"Content-Type": "application/json"},
        data=json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode(),
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)["result"]


def a_window_goes_round(airflow):
    """With a retry in the middle, and one after the worker's death, which finds the weights set."""
    run = airflow.test()
    expect("the window's tasks", run["states"], states("success", submit="skipped", fallback="skipped"))
    expect("tries", {task: run["tries"][task] for task in ("snapshot", "evaluate", "submit")},
           {"snapshot": 2, "evaluate": 1, "submit": 2})
    expect("models that came early", len(run["results"]["prefetch"]["models"]), 2)
    before_its_death = json.loads((airflow.work / "submit").read_text().splitlines()[-1])
    expect("the weights", before_its_death["state"], "SET")
    expect("the weights, asked for again", run["results"]["submit"]["state"], "ALREADY_SET")
    expect("evaluation in the result", before_its_death["evaluation"], run["results"]["evaluate"]["evaluation"])
    names_window_and_bundle(run["results"]["evaluate"])
    figures = json.loads((airflow.work / "site/leaderboard.json").read_text())
    expect("the pages' evaluation", figures["banner"]["evaluation"], run["results"]["evaluate"]["evaluation"])
    print("airflow: a window went round, from the wait to its pages, with two retries on the way", flush=True)


def names_window_and_bundle(evaluated):
    """What a DAG of one's own may read of an evaluation."""
    expect("the window in XCom", evaluated["window"], evaluated["block"] // WINDOW)
    manifest = pathlib.Path(evaluated["bundle"].removeprefix("file:"), "manifest.txt")
    expect("the bundle's digest in XCom", evaluated["bundle_digest"], hashlib.sha256(manifest.read_bytes()).hexdigest())
    blamed = [model["blame"] for model in evaluated["models"] if model.get("blame")]
    expect("counts by blame in XCom", evaluated["by_blame"], dict(collections.Counter(blamed)))


def a_repeated_submit_sets_nothing(config):
    """The same evaluation, submitted twice, is found set."""
    again = assay("submit", "--json", "--config", config, "--evaluation", "latest", codes=(3,))
    expect("a second submit", json.loads(again.splitlines()[-1])["state"], "ALREADY_SET")
    print("airflow: a repeated submit sets nothing", flush=True)


def a_backfill_sets_nothing(airflow):
    expect("a backfill", json.loads(airflow.script("backfill")), {"submit": "skipped", "without a block": "failed"})
    print("airflow: a backfill sets nothing", flush=True)


def states(usual, **others):
    return {task: others.get(task, usual) for task in TASKS}


def assay(*arguments, codes=(0,)):
    ran = subprocess.run([ROOT / "assay", *arguments], capture_output=True, text=True, timeout=300)
    if ran.returncode not in codes:
        sys.exit(f"airflow: assay {' '.join(map(str, arguments))} ended with {ran.returncode}: {ran.stderr}")
    return ran.stdout


def background(log, ready, *command):
    with log.open("w") as written:
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)
    for _ in range(240):
        if ready in log.read_text():
            return process
        if process.poll() is not None:
            break
        time.sleep(0.5)
    sys.exit(f"airflow: {command[0]} never said {ready}:\n{log.read_text()[-2000:]}")


def expect(what, actual, wanted):
    if actual != wanted:
        sys.exit(f"airflow: {what}: {actual}, expected {wanted}")


if __name__ == "__main__":
    main()
