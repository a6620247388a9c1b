"""Assay's commands as Airflow tasks: exit codes become states, and results become XCom.

Exit codes are those of every command: 0 is done, 3 is "nothing to do" and skips the task, 75 passes by itself and is
tried again, 2 needs a person and is not, and neither is anything that Assay calls failed.
"""
from __future__ import annotations

import asyncio
import json
import pathlib
import subprocess

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.triggers.base import BaseTrigger, TriggerEvent

DONE, FAILED, USAGE, NOTHING_TO_DO, TRY_AGAIN_LATER = 0, 1, 2, 3, 75


def judge(name, exit_code, words):
    """Raises what Airflow understands by an exit code; returns on DONE."""
    message = f"assay {name} ended with {exit_code}: {words}"
    if exit_code == NOTHING_TO_DO:
        raise AirflowSkipException(message)
    if exit_code in (FAILED, USAGE):
        raise AirflowFailException(message)
    if exit_code != DONE:
        raise AirflowException(message)


def is_backfill(context):
    """Whether a run looks back: such a run may evaluate, and never sets weights."""
    return str(getattr(context["dag_run"].run_type, "value", context["dag_run"].run_type)) == "backfill"


class AssayOperator(BaseOperator):
    """Runs one of Assay's commands on the worker; its ``--json`` is the XCom ``result``.

    :param command: the launcher, a path or a name on PATH
    :param arguments: the command and its options (templated)
    :param chain_only: skipped in a backfill, since it would act on the chain of today
    """

    template_fields = ("arguments",)

    def __init__(self, *, command, arguments, chain_only=False, **kwargs):
        super().__init__(**kwargs)
        self.command = command
        self.arguments = arguments
        self.chain_only = chain_only
        self._process = None

    def execute(self, context):
        name = self.arguments[0]
        if self.chain_only and is_backfill(context):
            raise AirflowSkipException(f"a backfill never runs assay {name}")
        self._process = subprocess.Popen(
            [self.command, *self.arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        answer, words = self._process.communicate()
        for line in words.splitlines():
            self.log.info("%s", line)
        result = last_json(answer) or {}
        context["ti"].xcom_push("result", result)
        judge(name, self._process.returncode, result.get("error") or result.get("reason") or last_line(words))

    def on_kill(self):
        if self._process is not None:
            self._process.terminate()


class AssaySparkSubmitOperator(SparkSubmitOperator):
    """Runs a command of Assay on the cluster; the file that ``--result`` names is the XCom ``result``.

    On a standalone master in cluster mode it is durable: a retry finds the driver that still runs.

    :param result: where the driver writes its answer, on storage that this worker sees (templated)
    :param optional: what only saves time: a failure skips it, and so does a backfill
    """

    template_fields = (*SparkSubmitOperator.template_fields, "result")

    def __init__(self, *, result, optional=False, **kwargs):
        super().__init__(java_class="dev.assay.cli.Main", **kwargs)
        self.result = result
        self.optional = optional

    def execute(self, context):
        name = self.application_args[0]
        if self.optional and is_backfill(context):
            raise AirflowSkipException(f"a backfill never runs assay {name}")
        try:
            super().execute(context)
        except (AirflowException, RuntimeError) as failure:
            answer = self._answer()
            context["ti"].xcom_push("result", answer)
            if self.optional:
                raise AirflowSkipException(f"assay {name} did not end well: {answer.get('error') or failure}")
            judge(name, answer.get("exit_code") or self._exit_code(), answer.get("error") or failure)
        context["ti"].xcom_push("result", self._answer())

    def _answer(self):
        file = pathlib.Path(self.result)
        return json.loads(file.read_text()) if file.is_file() else {}

    def _exit_code(self):
        process = getattr(self._hook, "_submit_sp", None)
        return getattr(process, "returncode", None) or TRY_AGAIN_LATER


class WaitForWindow(BaseOperator):
    """Waits until the chain's window wants something; holds no worker meanwhile.

    :param command: the launcher, a path or a name on PATH
    :param config: Assay's configuration
    :param poke_seconds: how often the chain is asked at most
    """

    def __init__(self, *, command, config, poke_seconds=60, **kwargs):
        super().__init__(**kwargs)
        self.command = command
        self.config = config
        self.poke_seconds = poke_seconds

    def execute(self, context):
        if is_backfill(context):
            if context["params"].get("block") is None:
                raise AirflowFailException("a backfill needs its block; give it by --dag-run-conf '{\"block\": N}'")
            return {"block": context["params"]["block"]}
        self.defer(
            trigger=WindowTrigger(command=self.command, config=self.config, poke_seconds=self.poke_seconds),
            method_name="opened",
        )

    def opened(self, context, event):
        judge("window", event["exit_code"], event["error"])
        return event["window"]


class WindowTrigger(BaseTrigger):
    """Asks ``assay window --json`` until it says 0 (open) or 2 (needs a person)."""

    def __init__(self, command, config, poke_seconds):
        super().__init__()
        self.command = command
        self.config = config
        self.poke_seconds = poke_seconds

    def serialize(self):
        return (
            f"{type(self).__module__}.{type(self).__qualname__}",
            {"command": self.command, "config": self.config, "poke_seconds": self.poke_seconds},
        )

    async def run(self):
        while True:
            process = await asyncio.create_subprocess_exec(
                self.command,
                *("window", "--json", "--config", self.config),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            answer, words = await process.communicate()
            if process.returncode not in (NOTHING_TO_DO, TRY_AGAIN_LATER):
                yield TriggerEvent(
                    {
                        "exit_code": process.returncode,
                        "error": last_line(words.decode(errors="replace")),
                        "window": last_json(answer.decode(errors="replace")),
                    }
                )
                return
            await asyncio.sleep(self.poke_seconds)


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def last_json(text):
    """The last line that is a JSON object; None without one."""
    for line in reversed(text.splitlines()):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return None
