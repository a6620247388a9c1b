package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code assay train} makes of a folder and a file of samples. */
class TrainCommandTest {
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 2, 2, 2, 512);

  @TempDir private Path folder;
  private Path start;
  private Path samples;

  @BeforeEach
  void write() throws Exception {
    Path tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer);
    start = folder.resolve("start");
    Map<String, byte[]> files =
        Map.of(
            "tokenizer.json", Files.readAllBytes(tokenizer), "README.md", new byte[] {'a', '\n'});
    Initialisation.write(start, SHAPE, 1, files);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // The file's order is not the blocks'.
      lines.add(
          "{\"prompt\": \"What is %d?\", \"response\": \"%s\", \"block\": %d}"
              .formatted(i, i < 10 ? "old" : "new, and another thing", (i + 10) % 20));
    }
    samples = Files.write(folder.resolve("samples.jsonl"), lines);
  }

  private record Ended(int code, String words, String complaint) {
    JsonNode answer() throws Exception {
      return JsonMapper.builder().build().readTree(words);
    }
  }

  private Ended train(String... more) {
    StringWriter words = new StringWriter();
    StringWriter complaint = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(words)).setErr(new PrintWriter(complaint));
    List<String> arguments = new ArrayList<>(List.of("train", "--from", start.toString()));
    arguments.addAll(List.of("--samples", samples.toString(), "--template", "plain"));
    arguments.addAll(List.of("--steps", "4", "--threads", "1", "--learning-rate", "1e-2"));
    arguments.addAll(List.of(more));
    int code = command.execute(arguments.toArray(String[]::new));
    return new Ended(code, words.toString(), complaint.toString());
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void theResultIsACheckpointWithItsTokenizerAndTheLossesBesideIt() throws Exception {
    Ended ended = train("--out", out("tuned"), "--hold-out", "5", "--json");

    assertThat(ended.code()).as(ended.complaint()).isEqualTo(ExitCode.DONE);
    JsonNode answer = ended.answer();
    assertThat(answer.get("best_loss").doubleValue())
        .isLessThan(answer.get("start_loss").doubleValue());
    assertThat(answer.get("losses")).hasSize(4);
    assertThat(answer.get("held_out").intValue()).isEqualTo(5);
    assertThat(folder.resolve("tuned"))
        .isDirectoryContaining(file -> file.endsWith("tokenizer.json"))
        .isDirectoryNotContaining(file -> file.endsWith("README.md"));
    assertThat(folder.resolve("tuned.run/loss.png")).isNotEmptyFile();
    assertThat(train("--out", out("tuned"), "--hold-out", "5").code())
        .isEqualTo(ExitCode.NOTHING_TO_DO);
  }

  /** By their blocks: the file has them in another order. */
  @Test
  void theNewestSamplesAreHeldOut() throws Exception {
    Ended old = train("--out", out("a"), "--hold-out", "10", "--json");
    List<String> lines = new ArrayList<>(Files.readAllLines(samples));
    Files.write(samples, lines.subList(0, 10));
    Path own = folder.resolve("newest.jsonl");
    Files.move(samples, own);
    StringWriter words = new StringWriter();
    Main.commandLine()
        .setOut(new PrintWriter(words))
        .execute(
            "loss",
            "--checkpoint",
            start.toString(),
            "--samples",
            own.toString(),
            "--template",
            "plain",
            "--json");
    double newest =
        JsonMapper.builder().build().readTree(words.toString()).get("mean_loss").asDouble();

    assertThat(old.answer().get("start_loss").doubleValue()).isCloseTo(newest, within(1e-5));
  }

  @Test
  void adaptersTrainAndAPersonSeesTheCurve() {
    Ended ended = train("--out", out("lora"), "--lora-rank", "2", "--lora-targets", "query,value");

    assertThat(ended.code()).as(ended.complaint()).isEqualTo(ExitCode.DONE);
    assertThat(ended.words()).contains("o held-out samples", "held-out loss", "lora.run");
  }

  @Test
  void whatCannotBeTrainedIsToldByItsOption() {
    assertThat(train("--out", start.toString()).complaint()).contains("--out: ", "exists already");
    assertThat(train("--out", out("x"), "--lora-targets", "query").complaint())
        .contains("need --lora-rank");
    assertThat(train("--out", out("x"), "--lora-rank", "2", "--lora-targets", "q_proj").complaint())
        .contains("--lora-targets: ", "query, key, value");
    assertThat(train("--out", out("x"), "--hold-out", "20").complaint())
        .contains("--hold-out is 20 of 20 samples");
    assertThat(train("--out", out("x"), "--from", "nowhere").code()).isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
