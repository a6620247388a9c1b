package dev.assay.jobs.recorded;

import static dev.assay.jobs.recorded.RecordedSnapshots.GENESIS;
import static dev.assay.jobs.recorded.RecordedSnapshots.NETUID;
import static dev.assay.jobs.recorded.RecordedSnapshots.RECORDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.feed.FeedSample;
import dev.assay.score.bundle.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that may be wrong with a recorded snapshot, told in one line. */
class RecordedCheckTest {
  private static final String JSONL = "samples-000001.jsonl";
  private static final String PARQUET = "samples-000001.parquet";

  @TempDir private Path folder;
  private Path recorded;

  @BeforeEach
  void record() {
    recorded = folder.resolve("recorded");
    RecordedSnapshots.record(
        folder,
        RecordedFormat.JSONL,
        RecordedSnapshots.samples(1, 4),
        RecordedFolder.at(recorded.toString()));
  }

  private List<String> faults() {
    List<String> faults = RecordedCheck.of(RecordedFolder.at(recorded.toString())).faults();
    assertThat(faults).noneMatch(fault -> fault.contains("\n"));
    return faults;
  }

  /** A snapshot of one file with blocks 1 to 4, signed as it is. */
  private void signed(String name, byte[] content, int rows) {
    RecordedFolder out = RecordedFolder.at(recorded.toString());
    out.write(name, content);
    RecordedFile file = new RecordedFile(rows, 1, 4, Manifest.FileDigest.of(content));
    out.sign(
        new RecordedManifest(
            RECORDER.account().ss58(), NETUID, GENESIS, 1, 4, new TreeMap<>(Map.of(name, file))),
        RECORDER);
  }

  @Test
  void aSoundOneHasNoFault() {
    assertThat(faults()).isEmpty();
  }

  @Test
  void aManifestOrASignatureThatIsMissing() throws Exception {
    Files.delete(recorded.resolve("manifest.sig"));
    assertThat(faults()).singleElement().asString().startsWith("manifest.sig is missing in ");
    Files.delete(recorded.resolve("manifest.txt"));
    assertThat(faults()).singleElement().asString().startsWith("manifest.txt is missing in ");
  }

  @Test
  void aManifestThatWasChangedAfterItWasSigned() throws Exception {
    Path manifest = recorded.resolve("manifest.txt");
    Files.writeString(
        manifest, Files.readString(manifest).replace("fact netuid 1", "fact netuid 2"));

    assertThat(faults()).singleElement().asString().contains("is not the signature of 5Grw");
  }

  @Test
  void aManifestThatIsNone() throws Exception {
    Files.writeString(recorded.resolve("manifest.txt"), "<html>");

    assertThat(faults()).singleElement().asString().startsWith("manifest.txt: ");
  }

  @Test
  void aFileThatIsMissingOrLonger() throws Exception {
    Path file = recorded.resolve(JSONL);
    Files.writeString(file, Files.readString(file) + "\n");
    assertThat(faults()).singleElement().asString().startsWith(JSONL + " has more than ");
    Files.delete(file);
    assertThat(faults()).singleElement().asString().startsWith(JSONL + " is missing in ");
  }

  @Test
  void fewerOrMoreRowsThanTheManifestSays() throws Exception {
    byte[] content = Files.readAllBytes(recorded.resolve(JSONL));
    signed(JSONL, content, 9);
    assertThat(faults()).containsExactly(JSONL + ": it has 8 rows, the manifest says 9");
    signed(JSONL, content, 7);
    assertThat(faults()).containsExactly(JSONL + ": it has more than 7 rows");
  }

  @Test
  void samplesOfOtherBlocksAndForgedOnes() throws Exception {
    List<FeedSample> samples =
        List.of(
            RecordedSnapshots.sample(1, "a", "b"),
            RecordedSnapshots.sample(5, "c", "d"),
            forged(RecordedSnapshots.sample(2, "e", "f")));
    signed(JSONL, RecordedFormat.JSONL.bytes(samples), 3);

    assertThat(faults())
        .containsExactly(
            JSONL + ": 1 samples are of blocks outside of 1 to 4, the first in row 2",
            JSONL + ": the id or the signature of 1 samples does not fit, the first in row 3");
  }

  private static FeedSample forged(FeedSample sample) {
    return new FeedSample(
        sample.id(),
        sample.block(),
        sample.time(),
        sample.source(),
        sample.prompt(),
        "another answer",
        sample.signature(),
        sample.answerer());
  }

  @Test
  void linesThatAreNoSamplesAndBytesThatAreNoParquet() {
    signed(JSONL, "{}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), 1);
    assertThat(faults()).containsExactly(JSONL + ": line 1 is no sample");
    signed(JSONL, new byte[] {(byte) 0xff}, 1);
    assertThat(faults()).containsExactly(JSONL + ": it is not UTF-8 text");
    signed(PARQUET, new byte[64], 1);
    assertThat(faults()).containsExactly(PARQUET + ": it is no parquet file");
  }

  @Test
  void aParquetWithOtherColumnsOrTypes() throws Exception {
    Schema other =
        new Schema(
            Types.NestedField.required(1, "id", Types.StringType.get()),
            Types.NestedField.required(2, "block", Types.StringType.get()));
    signed(PARQUET, parquet(other, Map.of("id", "a", "block", "b")), 1);

    assertThat(faults())
        .singleElement()
        .asString()
        .startsWith(PARQUET + ": it has the columns block string, id string; a recorded snapshot");
  }

  @Test
  void aParquetWithAValueMissing() throws Exception {
    List<Types.NestedField> columns =
        RecordedFormat.SCHEMA.columns().stream()
            .map(each -> Types.NestedField.optional(each.fieldId(), each.name(), each.type()))
            .toList();
    signed(PARQUET, parquet(new Schema(columns), Map.of("id", "a")), 1);

    assertThat(faults()).containsExactly(PARQUET + ": row 1 has no block");
  }

  private static byte[] parquet(Schema schema, Map<String, Object> row) throws IOException {
    InMemoryOutputFile file = new InMemoryOutputFile();
    Record record = GenericRecord.create(schema);
    row.forEach(record::setField);
    try (FileAppender<Record> writer =
        Parquet.write(file)
            .schema(schema)
            .createWriterFunc(GenericParquetWriter::create)
            .named("other")
            .build()) {
      writer.add(record);
    }
    return file.toByteArray();
  }
}
