"""A Spark of this machine, for as long as a module's tests run: one process, one core, no page of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.programs import JAVA, find_or_install

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextmanager
def local_spark() -> Iterator[SparkSession]:
    """Start Spark, installing Java if it is nowhere; stop it at the end."""
    java = find_or_install(JAVA).resolve()
    os.environ.setdefault("JAVA_HOME", str(java.parent.parent))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.bindAddress": "127.0.0.1",
        # A short life: nothing is worth the compiler's best, and nothing is collected side by side.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
    }
    builder = SparkSession.builder.master("local[1]").appName("tantam-tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
