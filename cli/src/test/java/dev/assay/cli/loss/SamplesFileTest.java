package dev.assay.cli.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.text.EncodedSample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesFileTest {
  private static final String GOOD = "{\"ids\": [5, 6, 7], \"prompt_len\": 1}";

  @TempDir Path directory;

  @Test
  void idsAreCutAtTheLongestLengthAndSoIsThePrompt() throws Exception {
    SamplesFile samples = read(GOOD + "\n{\"ids\": [5, 6, 7], \"prompt_len\": 9}\n");

    assertThat(samples.hasText()).isFalse();
    assertThat(samples.encoded(Optional.empty(), 2))
        .containsExactly(
            new EncodedSample(new int[] {5, 6}, 1), new EncodedSample(new int[] {5, 6}, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "7",
        "{}",
        "{\"ids\": [1, 2]}",
        "{\"ids\": [1, null], \"prompt_len\": 0}",
        "{\"ids\": [1, 2.5], \"prompt_len\": 0}",
        "{\"ids\": [1, \"2\"], \"prompt_len\": 0}",
        "{\"ids\": [99999999999], \"prompt_len\": 0}",
        "{\"ids\": [1e400], \"prompt_len\": 0}",
        "{\"ids\": [true], \"prompt_len\": 0}",
        "{\"ids\": [[1]], \"prompt_len\": 0}",
        "{\"ids\": 5, \"prompt_len\": 0}",
        "{\"ids\": [1], \"prompt_len\": null}",
        "{\"ids\": [1], \"prompt_len\": 0, \"prompt_len\": 1}",
        "{\"ids\": [1], \"prompt_len\": 0} {}",
        "{\"ids\": [1], \"prompt_len\": 0, \"more\": 1}",
        "\ufeff{\"ids\": [1], \"prompt_len\": 0}",
        "{\"prompt\": \"a\"}",
        "{\"prompt\": \"a\", \"response\": null}",
        "{\"prompt\": \"a\", \"response\": [\"b\"]}",
        "{\"prompt\": \"a\", \"response\": \"b\", \"ids\": [1], \"prompt_len\": 0}",
        "{\"prompt\": \"a\", \"response\": \"b",
        "{\"prompt\": NaN, \"response\": \"b\"}"
      })
  void whatIsNoSampleIsRefusedByItsLine(String line) {
    assertThatThrownBy(() -> read(GOOD + "\n" + line + "\n" + GOOD + "\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("samples.jsonl line 2: ");
  }

  @Test
  void emptyLinesAndAByteOrderMarkArePassedOver() throws Exception {
    SamplesFile samples = read("\ufeff" + GOOD + "\r\n\n  \n" + GOOD + "\n\n");

    assertThat(samples.encoded(Optional.empty(), 8)).hasSize(2);
    assertThatThrownBy(() -> read(GOOD + "\n\n{}\n")).hasMessageContaining("line 3: ");
  }

  @Test
  void anIdBeyondAnyVocabularyIsNotCalledBrokenJson() {
    assertThatThrownBy(() -> read("{\"ids\": [1, 99999999999], \"prompt_len\": 0}"))
        .hasMessageContaining("line 1: it has a number out of the range of a token's id; ");
  }

  @Test
  void aMessageNamesTheKeyAndNoClass() {
    assertThatThrownBy(() -> read("{\"prompt\": \"a\", \"completion\": \"b\"}"))
        .hasMessageContaining(
            "line 1: it has the key completion; a sample has prompt and response, or ids and"
                + " prompt_len");
    assertThatThrownBy(() -> read("{\"ids\": [1, \"2\"], \"prompt_len\": 0}"))
        .hasMessageContaining("line 1: its ids has a wrong value; ")
        .message()
        .doesNotContain("java", "dev.assay");
  }

  @Test
  void whatThisProductWritesIsRead() throws Exception {
    SamplesFile feed =
        read(
            "{\"id\":\"00\",\"block\":7,\"time\":1,\"source\":\"5F\",\"answerer\":\"5G\",\"prompt\":\"a\","
                + "\"response\":\"b\",\"signature\":\"00\"}");
    SamplesFile bundle =
        read(
            "{\"sample_id\":\"00\",\"prompt\":\"a\",\"response\":\"b\",\"source\":\"5F\","
                + "\"block\":7,\"produced_at\":\"2026-01-01T00:00:00Z\",\"signature\":\"00\","
                + "\"answerer\":null}");
    SampleRow row = new SampleRow("00", "a", "b", "5F", 7, Instant.EPOCH, "00");
    try (Warehouse warehouse = Warehouse.open(directory.toString(), new Configuration())) {
      warehouse.table(SampleRow.TABLE).append(List.of(row));
    }
    SamplesFile table = SamplesFile.read(directory.resolve("samples"));

    for (SamplesFile samples : List.of(feed, bundle, table)) {
      assertThat(samples.hasText()).isTrue();
    }
  }

  @Test
  void manyOpenBracketsAreRefused() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void aPromptShorterThanNothingIsRefused() throws Exception {
    SamplesFile samples = read("{\"ids\": [1], \"prompt_len\": -1}");

    assertThatThrownBy(() -> samples.encoded(Optional.empty(), 8))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 1: prompt_len is -1");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    Path file = Files.write(directory.resolve("samples.jsonl"), new byte[] {'{', (byte) 0xff});

    assertThatThrownBy(() -> SamplesFile.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("UTF-8");
  }

  private SamplesFile read(String text) throws Exception {
    return SamplesFile.read(
        Files.write(directory.resolve("samples.jsonl"), text.getBytes(StandardCharsets.UTF_8)));
  }
}
