"""Losses of any causal language models on any samples, from PySpark; docs/causal-losses.md lists the options."""

from pyspark.sql import DataFrame, SparkSession


def causal_losses(models: DataFrame, samples: DataFrame, **options: object) -> DataFrame:
    """One row for each model and sample; a model that cannot be judged has one row alone, with its reason."""
    spark = SparkSession.getActiveSession()
    gateway = spark.sparkContext._jvm
    settings = gateway.java.util.HashMap()
    for name, value in options.items():
        settings.put(name, str(value))
    losses = gateway.dev.assay.jobs.losses.CausalLosses.of(spark._jsparkSession, models._jdf, samples._jdf, settings)
    return DataFrame(losses, spark)
