package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The embedding of one id becomes NaN: only a sample with that id is lost. */
  private void spoil(int id) throws IOException {
    Path weights = checkpoint.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong(0);
    JsonNode names = JSON.readTree(new String(bytes.array(), 8, header, StandardCharsets.UTF_8));
    int start = names.get("model.embed_tokens.weight").get("data_offsets").get(0).intValue();
    bytes.putFloat(8 + header + start + id * 16 * Float.BYTES, Float.NaN);
    Files.write(weights, bytes.array());
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
