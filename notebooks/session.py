"""A Spark session on a validator's warehouse, for notebooks. What is computed is computed by SQL and by Assay."""
import json
import os
import pathlib
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parents[1]
#: Where `./assay demo --out loop` leaves everything; a validator names its own configuration.
CONFIG = pathlib.Path(os.environ.get("ASSAY_CONFIG", HOME / "loop" / "validator-1.yaml"))


class NothingToShow(Exception):
    """Told in one line, without a stack trace."""

    def _render_traceback_(self):
        return [f"nothing to show: {self}"]


def assay(*arguments):
    """What a command of Assay answers with --json."""
    # In a clone the launcher is at its top, in a release among the other programs.
    own = next((place for place in (HOME / "assay", HOME / "bin" / "assay") if place.is_file()), "assay")
    ran = subprocess.run([os.environ.get("ASSAY", own), *arguments, "--json"], capture_output=True, text=True)
    if not ran.stdout.strip():
        raise NothingToShow(ran.stderr.strip().splitlines()[-1])
    return json.loads(ran.stdout.strip().splitlines()[-1])


def session(config=CONFIG):
    """A session that knows the warehouse of a configuration as the catalog `assay`."""
    if not pathlib.Path(config).is_file():
        raise NothingToShow(f"{config} is not there; run ./assay demo --out loop, or set ASSAY_CONFIG")
    arguments = assay("spark-conf", "--config", str(config))
    os.environ["SPARK_HOME"] = arguments["spark_home"]
    sys.path.append(str(pathlib.Path(arguments["spark_home"], "python")))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Workers need pyspark, which another Python may lack.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("notebook")
    settings = {"spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "2", **arguments["conf"]}
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if not spark.catalog.tableExists("assay.evaluations") or spark.table("assay.evaluations").isEmpty():
        raise NothingToShow(f"the warehouse of {config} has no evaluation yet; run assay evaluate first")
    return spark


def leaderboard(config=CONFIG):
    """The figures that `assay leaderboard` last wrote into the folder `leaderboard` beside the configuration."""
    folder = pathlib.Path(config).parent / "leaderboard"
    if not (folder / "leaderboard.json").is_file():
        raise NothingToShow(f"{folder} holds no leaderboard; run assay leaderboard --config {config} --out {folder}")
    figures = json.loads((folder / "leaderboard.json").read_text())
    if not figures["subnet"]:
        raise NothingToShow(f"{folder} was written without the chain; write it again while {config}'s endpoint answers")
    return figures


def show(data):
    """A DataFrame of Spark as a table of pandas, without its index."""
    return data.toPandas().style.hide(axis="index")
