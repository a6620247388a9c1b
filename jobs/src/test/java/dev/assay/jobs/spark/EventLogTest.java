package dev.assay.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final String ENABLED = "spark.eventLog.enabled";

  @TempDir private Path folder;
  private final SparkConf conf = new SparkConf(false);

  @Test
  void aFolderIsMadeAndNamed() {
    Path events = folder.resolve("some where/events");

    EventLog.keep(conf, events.toString());

    assertThat(conf.get(ENABLED)).isEqualTo("true");
    assertThat(conf.get("spark.eventLog.dir")).startsWith("file:/").endsWith("some where/events");
    assertThat(events).isDirectory();
  }

  @Test
  void aFolderThatCannotBeMadeCostsTheLogAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    EventLog.keep(conf, file.resolve("events").toString());

    assertThat(conf.contains(ENABLED)).isFalse();
  }

  @Test
  void whoSubmitsDecides() {
    conf.set(ENABLED, "false");

    EventLog.keep(conf, folder.resolve("events").toString());

    assertThat(conf.get(ENABLED)).isEqualTo("false");
    assertThat(folder.resolve("events")).doesNotExist();
  }

  @Test
  void noFolderIsNoLog() {
    EventLog.keep(conf, "");

    assertThat(conf.contains(ENABLED)).isFalse();
  }
}
