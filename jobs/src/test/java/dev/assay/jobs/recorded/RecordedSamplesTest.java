package dev.assay.jobs.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts Spark. */
@Tag("long")
class RecordedSamplesTest {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private RecordedFolder recorded(RecordedFormat format, List<FeedSample> samples) {
    RecordedFolder out = RecordedFolder.at(folder.resolve("recorded").toString());
    RecordedSnapshots.record(folder, format, samples, out);
    return out;
  }

  @ParameterizedTest
  @EnumSource(RecordedFormat.class)
  void allSamplesAreRowsWithTheFieldsOfAFeed(RecordedFormat format) {
    FeedSample answered =
        FeedSample.signed(
            RecordedSnapshots.RECORDER,
            RecordedSnapshots.NETUID,
            4,
            Instant.ofEpochSecond(9),
            "Who?",
            "Me.",
            Optional.of(RecordedSnapshots.RECORDER.account()));
    List<FeedSample> samples = new ArrayList<>(RecordedSnapshots.samples(1, 3));
    samples.add(answered);

    Dataset<Row> rows = RecordedSamples.dataFrame(spark, recorded(format, samples));

    assertThat(rows.columns())
        .containsExactly(
            "id", "block", "time", "source", "prompt", "response", "signature", "answerer");
    List<Row> all = new ArrayList<>(rows.collectAsList());
    all.sort(Comparator.comparingLong(row -> row.<Long>getAs("block")));
    assertThat(all).hasSize(samples.size());
    Row last = all.get(all.size() - 1);
    assertThat(last.<Object>getAs("time")).isEqualTo(9_000L);
    assertThat(last.<Object>getAs("answerer")).isEqualTo(answered.source());
    assertThat(last.<Object>getAs("id")).isEqualTo(answered.id());
    assertThat(all.get(0).<Object>getAs("answerer")).isNull();
  }

  @Test
  void nothingIsReadOfASnapshotThatIsNotWhatWasSigned() throws Exception {
    RecordedFolder recorded = recorded(RecordedFormat.JSONL, RecordedSnapshots.samples(1, 3));
    Path file = folder.resolve("recorded").resolve("samples-000001.jsonl");
    Files.writeString(file, Files.readString(file).replace("A number.", "A letter."));

    assertThatThrownBy(() -> RecordedSamples.dataFrame(spark, recorded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("samples-000001.jsonl has the SHA-256");
  }
}
