"""Reads a warehouse and a chain through PySpark, as a session of `assay spark-conf --json` gives them.

Reads {"conf": {...}, "jars": [...], "endpoint": ..., "netuid": n} and prints what it found.
"""

import json
import sys

from pyspark.sql import SparkSession


def main():
    request = json.load(sys.stdin)
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    for key, value in request["conf"].items():
        builder = builder.config(key, value)
    if request["jars"]:
        builder = builder.config("spark.jars", ",".join(request["jars"]))
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    chain = (
        spark.read.format("bittensor")
        .option("endpoint", request["endpoint"])
        .option("netuid", request["netuid"])
        .option("from_block", 0)
        .option("to_block", 2)
        .load("hyperparameters")
    )
    found = {
        "version": spark.version,
        "namespaces": [row.namespace for row in spark.sql("SHOW NAMESPACES IN assay").collect()],
        "tables": [row.tableName for row in spark.sql("SHOW TABLES IN assay").collect()],
        "views": [row.viewName for row in spark.sql("SHOW VIEWS IN assay").collect()],
        "losses": spark.table("assay.losses").count(),
        "leader": spark.sql("SELECT repository FROM assay.leaderboard WHERE place = 1").first()[0],
        "comments": {field.name: field.metadata.get("comment") for field in spark.table("assay.leaderboard").schema},
        "blocks": sorted(row.block for row in chain.select("block").distinct().collect()),
    }
    spark.stop()
    print(json.dumps(found))


main()
