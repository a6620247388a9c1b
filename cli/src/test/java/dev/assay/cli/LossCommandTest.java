package dev.assay.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code assay loss} says, and how it ends, where not every sample counts. */
class LossCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 2, 2, 2, 2048);

  @TempDir private Path folder;
  private Path checkpoint;

  @BeforeEach
  void write() throws Exception {
    Path tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer);
    checkpoint = folder.resolve("checkpoint");
    Initialisation.write(
        checkpoint, SHAPE, 1, Map.of("tokenizer.json", Files.readAllBytes(tokenizer)));
  }

  private record Ended(int code, String words) {
    JsonNode answer() throws IOException {
      return JSON.readTree(words);
    }
  }

  private Ended loss(String samples, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("samples.jsonl"), samples);
    StringWriter words = new StringWriter();
    CommandLine command = Main.commandLine().setOut(new PrintWriter(words));
    List<String> arguments =
        new ArrayList<>(List.of("loss", "--checkpoint", checkpoint.toString()));
    arguments.addAll(List.of("--samples", file.toString(), "--template", "plain", "--json"));
    arguments.addAll(List.of(more));
    return new Ended(command.execute(arguments.toArray(String[]::new)), words.toString());
  }

  /**
   * The embedding of one id becomes NaN, and the head a tensor of its own, so that only a sample
   * with that id is lost.
   */
  private void spoil(int id) throws IOException {
    Path weights = checkpoint.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    int start = Long.BYTES + (int) bytes.getLong(0);
    ObjectNode header = (ObjectNode) JSON.readTree(bytes.array(), Long.BYTES, start - Long.BYTES);
    JsonNode embedding = header.get("model.embed_tokens.weight");
    int from = start + embedding.get("data_offsets").get(0).intValue();
    int to = start + embedding.get("data_offsets").get(1).intValue();
    int end = bytes.capacity() - start;
    ObjectNode head = header.putObject("lm_head.weight");
    head.put("dtype", "F32").set("shape", embedding.get("shape"));
    head.putArray("data_offsets").add(end).add(end + to - from);
    byte[] untied = Arrays.copyOfRange(bytes.array(), from, to);
    bytes.putFloat(from + id * SHAPE.hiddenSize() * Float.BYTES, Float.NaN);
    String names = JSON.writeValueAsString(header);
    // A header ends at a multiple of eight bytes.
    byte[] padded = (names + " ".repeat(7 - (names.length() + 7) % 8)).getBytes(US_ASCII);
    ByteBuffer spoilt =
        ByteBuffer.allocate(Long.BYTES + padded.length + end + untied.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded.length)
            .put(padded)
            .put(bytes.array(), start, end)
            .put(untied);
    Files.write(weights, spoilt.array());
    Path config = checkpoint.resolve("config.json");
    ObjectNode keys = (ObjectNode) JSON.readTree(config.toFile());
    Files.write(config, JSON.writeValueAsBytes(keys.put("tie_word_embeddings", false)));
  }

  @Test
  void everySampleCountsAndTheCommandIsDone() throws Exception {
    Ended ended = loss("{\"prompt\": \"What is a dog?\", \"response\": \"An animal.\"}\n");

    assertThat(ended.code()).isEqualTo(ExitCode.DONE);
    assertThat(ended.answer().get("verdicts").get("OK").intValue()).isEqualTo(1);
    assertThat(ended.answer().get("mean_loss").doubleValue()).isBetween(4.0, 8.0);
  }

  @Test
  void aLossThatIsNoNumberIsCountedAndTheCommandFails() throws Exception {
    spoil(200);

    Ended ended =
        loss(
            """
            {"prompt": "What is a dog?", "response": "An animal."}
            {"ids": [5, 6, 7, 200, 8, 9], "prompt_len": 2}
            """);

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    JsonNode verdicts = ended.answer().get("verdicts");
    assertThat(verdicts.get("OK").intValue()).isEqualTo(1);
    assertThat(verdicts.get("NON_FINITE").intValue()).isEqualTo(1);
    assertThat(ended.answer().get("mean_loss").isNumber()).isTrue();
  }

  @Test
  void whereNoSampleIsLeftAfterCuttingTheCommandFails() throws Exception {
    Ended ended =
        loss(
            "{\"prompt\": \"A prompt that fills it.\", \"response\": \"Yes.\"}\n",
            "--max-tokens",
            "8");

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.answer().get("verdicts").get("EMPTY").intValue()).isEqualTo(1);
    assertThat(ended.answer().get("mean_loss").isNull()).isTrue();
  }
}
