package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code assay check} says of models beside those that the demo of 07de487 evaluated. */
class CheckCommandTest {
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 16, 24, 1, 2, 2, 512);

  @TempDir private Path folder;
  private Path bundle;
  private Path settings;

  @BeforeEach
  void write() throws Exception {
    bundle = Files.createDirectory(folder.resolve("bundle"));
    try (InputStream resource = getClass().getResourceAsStream("bundle-07de487.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, bundle.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
    settings = folder.resolve("assay.yaml");
    Files.writeString(
        settings,
        "evaluation: {competitions: competitions-demo.yaml, cache: '%s'}\n"
            .formatted(folder.resolve("cache")));
  }

  private Path model(String name, LlamaShape shape) throws Exception {
    Path tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer);
    Path model = folder.resolve(name);
    Initialisation.write(model, shape, 1, Map.of("tokenizer.json", Files.readAllBytes(tokenizer)));
    return model;
  }

  private record Ended(int code, String words, String complaint) {
    JsonNode answer() throws Exception {
      return JsonMapper.builder().build().readTree(words);
    }

    String outcome(String check) throws Exception {
      for (JsonNode finding : answer().get("findings")) {
        if (finding.get("check").textValue().equals(check)) {
          return finding.get("outcome").textValue() + ": " + finding.get("says").textValue();
        }
      }
      return "not looked at";
    }
  }

  private Ended check(Path model, String... more) {
    StringWriter words = new StringWriter();
    StringWriter complaint = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(words)).setErr(new PrintWriter(complaint));
    String[] arguments =
        Stream.concat(
                Stream.of("check", model.toString(), "--config", settings.toString(), "--bundle"),
                Stream.concat(Stream.of(bundle.toString(), "--threads", "1"), Stream.of(more)))
            .toArray(String[]::new);
    return new Ended(command.execute(arguments), words.toString(), complaint.toString());
  }

  @Test
  void anUntrainedModelIsAcceptedAndEarnsNothing() throws Exception {
    Ended ended = check(model("untrained", SHAPE), "--json");

    assertThat(ended.code()).as(ended.complaint()).isEqualTo(ExitCode.DONE);
    assertThat(ended.answer().get("verdict").textValue()).isEqualTo("ACCEPTED");
    assertThat(ended.answer().get("mean_loss").doubleValue()).isBetween(5.0, 6.5);
    assertThat(ended.answer().get("place").intValue()).isEqualTo(7);
    assertThat(ended.answer().get("opponents")).hasSize(6);
    assertThat(ended.outcome("gate")).startsWith("pass");
    assertThat(ended.outcome("tokenizer")).isEqualTo("pass: the competition's: byte");
    assertThat(ended.outcome("copies")).startsWith("pass");
    assertThat(ended.outcome("standing"))
        .startsWith("note: place 7 by mean loss; win rate 0.17%; 0.00%");
  }

  @Test
  void whatTheGateRefusesIsToldWithItsRuleAndTheNextStep() throws Exception {
    Ended ended = check(model("small", new LlamaShape(100, 16, 24, 1, 2, 2, 512)));

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.words())
        .contains("fail  gate", "config.json has vocab_size 100", "next: mend it")
        .contains("would get REJECTED_CHECKPOINT in competition b1");
  }

  @Test
  void aCopyOfWhatIsCommittedIsCalledOne() throws Exception {
    Path model = model("copied", SHAPE);
    String digest = Checkpoint.open(model, CheckpointLimits.defaults()).digest();
    BundleFolder whole = new BundleFolder(bundle);
    String other = whole.input().rounds().get(0).models().get(0).entry().digest().orElseThrow();
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (String file : whole.manifest().files().keySet()) {
      contents.put(file, Files.readAllBytes(bundle.resolve(file)));
    }
    String input = new String(contents.get(Bundle.INPUT), StandardCharsets.UTF_8);
    contents.put(Bundle.INPUT, input.replace(other, digest).getBytes(StandardCharsets.UTF_8));
    whole.write(new Bundle(new TreeMap<>(whole.manifest().facts()), contents));

    Ended ended = check(model, "--json");

    assertThat(ended.code()).as(ended.complaint()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.answer().get("verdict").textValue()).isEqualTo("DUPLICATE");
    assertThat(ended.outcome("copies")).startsWith("fail");
  }

  @Test
  void whatCannotBeCheckedIsToldByItsArgument() throws Exception {
    Path model = model("model", SHAPE);
    assertThat(check(folder).complaint()).contains("has no config.json");
    assertThat(check(model, "--competition", "x9").complaint())
        .contains("--competition x9", "[b1]");
    Files.writeString(bundle.resolve("losses.ndjson"), "");
    Ended damaged = check(model);
    assertThat(damaged.code()).isEqualTo(ExitCode.USAGE);
    assertThat(damaged.complaint()).contains("losses.ndjson");
  }
}
