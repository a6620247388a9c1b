package dev.assay.jobs.losses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.evaluate.HubMiners;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions of a real hub on two executors, which die whenever one of the models runs. */
@Tag("long")
class CausalLossesIT {
  @TempDir private Path folder;

  /** Kills all executors whenever the victim's task has begun, whatever runs beside it. */
  private static final class Killer extends SparkListener {
    private final String victim;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger kills = new AtomicInteger();

    Killer(String victim) {
      this.victim = victim;
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      if (victim.equals(start.properties().getProperty("spark.job.description"))) {
        start.stageInfos().foreach(stage -> stages.add(stage.stageId()));
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      if (stages.contains(start.stageId())) {
        // Spark counts no executor against a task that has not told it yet that it runs.
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(this::kill);
      }
    }

    private void kill() {
      kills.incrementAndGet();
      // A local-cluster's executors are this process's only children.
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aModelUnderWhichExecutorsDieFailsAloneAndTheOthersLossesAreKept() throws Exception {
    try (HubMiners hub = HubMiners.start(folder)) {
      String victim = publish(hub, "victim", 240);
      String beside = publish(hub, "beside", 240);
      SparkSession spark = hub.spark();
      String warehouse = folder.resolve("compared").toString();
      Map<String, String> options =
          Map.of(
              "template",
              "plain",
              "tokenizer",
              "byte",
              "hub",
              hub.address().toString(),
              "cache",
              folder.resolve("cache").toString(),
              "warehouse",
              warehouse);
      Dataset<Row> samples =
          spark.sql("SELECT 'What is ' || id || '?' AS prompt, 'It.' AS response FROM range(3)");
      List<Row> undisturbed =
          CausalLosses.of(spark, models(spark, beside), samples, without(options, "warehouse"))
              .collectAsList();
      Killer killer = new Killer(victim);
      spark.sparkContext().addSparkListener(killer);
      List<Row> losses;
      try {
        losses =
            CausalLosses.of(spark, models(spark, victim, beside), samples, options).collectAsList();
      } finally {
        spark.sparkContext().removeSparkListener(killer);
      }

      assertThat(killer.kills).hasValue(4);
      Row crashed = losses.get(0);
      assertThat(crashed.<String>getAs("model")).isEqualTo(victim);
      assertThat(crashed.<String>getAs("verdict")).isEqualTo("CRASHED");
      assertThat(crashed.<String>getAs("blame")).isEqualTo("UNKNOWN");
      assertThat(losses.subList(1, losses.size())).hasSize(3).isEqualTo(undisturbed);
      try (Warehouse opened = Warehouse.open(warehouse, new Configuration())) {
        assertThat(opened.table(LossRow.TABLE).rows())
            .hasSize(3)
            .allMatch(row -> row.modelDigest().equals(digest(undisturbed)));
      }
    }
  }

  private static String digest(List<Row> losses) {
    return losses.get(0).getAs("model_digest");
  }

  private static String publish(HubMiners hub, String name, int layers) throws Exception {
    String[] committed =
        hub.publish(name, hub.checkpoint(name, 1 + name.length(), layers), name).split(":");
    return "%s/%s@%s".formatted(committed[0], committed[1], committed[2]);
  }

  private static Map<String, String> without(Map<String, String> options, String key) {
    return options.entrySet().stream()
        .filter(option -> !option.getKey().equals(key))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Dataset<Row> models(SparkSession spark, String... names) {
    return spark.createDataset(List.of(names), Encoders.STRING()).toDF("model");
  }
}
