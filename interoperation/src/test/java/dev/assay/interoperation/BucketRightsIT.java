package dev.assay.interoperation;

import static dev.assay.interoperation.RowAppender.losses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in moto, which knows rights: keys that lack one are told so, and leave nothing half. */
class BucketRightsIT {
  private static Process moto;
  private static JsonNode said;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    moto = PythonScripts.alone("moto").start("rights.py");
    BufferedReader output = moto.inputReader(StandardCharsets.UTF_8);
    said = new JsonMapper().readTree(output.readLine());
  }

  @AfterAll
  static void end() throws InterruptedException {
    moto.destroyForcibly().waitFor();
  }

  @Test
  void keysWithEveryRightDoAll() throws Exception {
    everything("none");

    try (Warehouse warehouse = open("none", "none")) {
      assertThat(warehouse.table(LossRow.TABLE).rows())
          .containsExactlyInAnyOrderElementsOf(losses(0, 6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:ListBucket", "s3:GetObject", "s3:PutObject"})
  void keysThatLackARightAreToldSoInOneLine(String right) {
    assertThat(catchThrowable(() -> everything(right)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("s3a://" + bucket(right) + "/tables")
        .hasMessageContaining("the object store refuses these keys or a right of theirs; correct")
        .hasMessageNotContaining(user(right).get("secret").textValue())
        .hasMessageNotContaining("\n");
  }

  /**
   * Of tables that the owner of all rights has written, with a user's keys. Keys that may not
   * delete do all the same; what is old stays.
   */
  @ParameterizedTest
  @ValueSource(strings = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"})
  void whatWasThereIsThereAfterARefusal(String right) throws Exception {
    try (Warehouse warehouse = open(right, "none")) {
      warehouse.table(LossRow.TABLE).append(losses(0, 3));
    }
    Throwable failure =
        catchThrowable(
            () -> {
              try (Warehouse warehouse = open(right, right)) {
                warehouse.table(LossRow.TABLE).append(losses(0, 6));
                warehouse.maintain(Instant.now().plus(Duration.ofHours(25)));
              }
            });
    if (right.equals("s3:DeleteObject")) {
      assertThat(failure).isNull();
    } else {
      assertThat(failure).isInstanceOf(ConfigurationException.class);
    }

    try (Warehouse warehouse = open(right, "none")) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      assertThat(table.rows()).hasSizeBetween(3, 6).containsAll(losses(0, 3));
      table.append(losses(0, 6));
      assertThat(table.rows()).containsExactlyInAnyOrderElementsOf(losses(0, 6));
    }
  }

  /** What an evaluation does with its tables, and what maintains them. */
  private void everything(String right) throws Exception {
    try (Warehouse warehouse = open(right, right);
        Lease lease = warehouse.lease("evaluate").orElseThrow()) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      table.append(losses(0, 3));
      table.append(losses(3, 6));
      assertThat(table.rows()).hasSize(6);
      warehouse.maintain(Instant.now().plus(Duration.ofHours(25)));
      lease.requireHeld();
    }
  }

  private Warehouse open(String bucketOf, String keysOf) {
    String client = "fs.s3a.bucket." + bucket(bucketOf) + ".";
    Configuration hadoop = new Configuration();
    hadoop.set(client + "access.key", user(keysOf).get("access").textValue());
    hadoop.set(client + "secret.key", user(keysOf).get("secret").textValue());
    // One client a bucket would go on with the keys of the first.
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    return Warehouse.open(
        RowAppender.settings(
            "s3a://" + bucket(bucketOf) + "/tables",
            folder.resolve("catalog.db"),
            said.get("port").intValue()),
        hadoop);
  }

  private static JsonNode user(String lacking) {
    return said.get("users").get(lacking);
  }

  private static String bucket(String lacking) {
    return user(lacking).get("bucket").textValue();
  }
}
