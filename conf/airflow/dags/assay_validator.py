"""A validator's window: wait, snapshot, prefetch, evaluate, submit, report, maintain.

Every step may be repeated at any time: what is done is found done, and a window never gets a second vector. A backfill
(`airflow backfill create --dag-run-conf '{"block": N}'`) evaluates at a block of the past and sets nothing.

Airflow's Variables, each with a default: `assay_command` (the launcher), `assay_config`, `assay_jar`,
`assay_properties` (Spark's properties, such as conf/gpu.conf), `assay_results` (a folder that drivers and workers
share), `assay_site` (where the pages go), `assay_retry_seconds` (until a step is tried again, doubled each time).
"""
from __future__ import annotations

import datetime
import logging
import pathlib

from airflow.sdk import DAG, Param, Variable
from assay_tasks import AssayOperator, AssaySparkSubmitOperator, WaitForWindow

LOG = logging.getLogger("airflow.task")
# A release that is unpacked, or a clone that is built.
HOME = pathlib.Path(__file__).resolve().parents[3]
RELEASE = (HOME / "bin/assay").exists()
JARS = HOME / ("jars" if RELEASE else "cli/target/assay/jars")


def variable(name, default):
    return Variable.get(name, default=str(default))


COMMAND = variable("assay_command", HOME / ("bin/assay" if RELEASE else "assay"))
CONFIG = variable("assay_config", HOME / "conf/assay.yaml")
JAR = variable("assay_jar", next(JARS.glob("cli-[0-9]*.jar"), JARS / "cli-VERSION.jar"))
PROPERTIES = variable("assay_properties", "")
RESULTS = variable("assay_results", "/tmp/assay-results")
SITE = variable("assay_site", "/tmp/assay-site")
RETRY_SECONDS = int(variable("assay_retry_seconds", 60))


def told(context):
    """Written to the log, where an operator's own callback would page somebody."""
    task = context["task_instance"]
    LOG.error("assay: %s failed in %s: %s", task.task_id, task.run_id, context.get("exception"))


with DAG(
    dag_id="assay_validator",
    doc_md=__doc__,
    schedule="*/10 * * * *",
    start_date=datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc),
    catchup=False,
    max_active_runs=1,
    params={"block": Param(None, type=["null", "integer"], minimum=0, description="Evaluate at this block.")},
    default_args={
        "retries": 3,
        "retry_delay": datetime.timedelta(seconds=RETRY_SECONDS),
        "retry_exponential_backoff": True,
        "on_failure_callback": told,
        # A step that found nothing to do is skipped; what follows it runs all the same.
        "trigger_rule": "none_failed",
    },
    tags=["assay"],
) as dag:
    wait = WaitForWindow(
        task_id="wait_for_window",
        command=COMMAND,
        config=CONFIG,
        execution_timeout=datetime.timedelta(hours=24),
    )
    snapshot = AssayOperator(
        task_id="snapshot",
        command=COMMAND,
        arguments=["snapshot", "--json", "--config", CONFIG],
        execution_timeout=datetime.timedelta(minutes=20),
    )
    prefetch = AssaySparkSubmitOperator(
        task_id="prefetch",
        application=JAR,
        # Downloads and checks need no GPU.
        result=RESULTS + "/prefetch-{{ run_id | replace(':', '') }}.json",
        application_args=[
            *("prefetch", "--config", CONFIG),
            *("--result", RESULTS + "/prefetch-{{ run_id | replace(':', '') }}.json"),
        ],
        optional=True,
        execution_timeout=datetime.timedelta(hours=2),
    )
    evaluate = AssaySparkSubmitOperator(
        task_id="evaluate",
        application=JAR,
        properties_file=PROPERTIES or None,
        result=RESULTS + "/{{ run_id | replace(':', '') }}.json",
        application_args=[
            *("evaluate", "--no-submit", "--config", CONFIG),
            *("--result", RESULTS + "/{{ run_id | replace(':', '') }}.json"),
            # Airflow renders each argument by itself, and an empty one would be an argument.
            "--at={{ params.block or ti.xcom_pull('wait_for_window')['block'] }}",
        ],
        pool="assay_gpu",
        execution_timeout=datetime.timedelta(hours=6),
    )
    submit = AssayOperator(
        task_id="submit",
        command=COMMAND,
        arguments=[
            *("submit", "--json", "--config", CONFIG),
            "--evaluation={{ ti.xcom_pull('evaluate', key='result')['evaluation'] }}",
        ],
        chain_only=True,
        pool="assay_chain",
        execution_timeout=datetime.timedelta(minutes=20),
    )
    # What the operator wants of a window that no evaluation reached in time (submit.fallback).
    fallback = AssayOperator(
        task_id="fallback",
        command=COMMAND,
        arguments=["submit", "--json", "--config", CONFIG],
        chain_only=True,
        pool="assay_chain",
        trigger_rule="one_failed",
        execution_timeout=datetime.timedelta(minutes=20),
    )
    report = AssayOperator(
        task_id="report",
        command=COMMAND,
        arguments=["leaderboard", "--json", "--config", CONFIG, "--out", SITE],
        execution_timeout=datetime.timedelta(minutes=20),
    )
    maintain = AssayOperator(
        task_id="maintain",
        command=COMMAND,
        arguments=["maintain", "--json", "--config", CONFIG],
        execution_timeout=datetime.timedelta(hours=1),
    )
    status = AssayOperator(
        task_id="status",
        command=COMMAND,
        # Fails, and so alerts, where something is wrong; a run that failed before has alerted already.
        arguments=["status", "--check", "--json", "--config", CONFIG],
        execution_timeout=datetime.timedelta(minutes=5),
    )
    wait >> snapshot >> prefetch >> evaluate >> submit >> report >> maintain >> status
    evaluate >> fallback >> report
