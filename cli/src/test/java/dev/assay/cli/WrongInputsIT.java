package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.StrictYaml;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import dev.assay.report.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every option of every command and every key of the configuration is given wrong values. Whatever
 * comes is told in one line without a name of a class, and ends with the promised code. {@code
 * .ci/long wrong-inputs} tries a thousand of them; here a sample is tried.
 */
@Tag("long")
class WrongInputsIT {
  private static final long SEED = Long.getLong("wrong.seed", 1);
  private static final int COUNT = Integer.getInteger("wrong.count", 80);
  private static final int THROUGH_THE_LAUNCHER = Integer.getInteger("wrong.launched", 2);
  private static final String LOG = System.getProperty("wrong.out", "");

  /** More than a minute of silence is a hang. */
  private static final long PATIENCE_SECONDS = 60;

  private static final Pattern TELLTALE =
      Pattern.compile(
          "\\bnull\\b|\\w+(?:Exception|Error)\\b"
              + "|\\b(?:java|javax|scala|sun|org|com|dev|io|ai|picocli)(?:\\.\\w+){2,}"
              + "|\\.(?:java|scala):\\d+|\\n\\s+at ");

  @TempDir private static Path folder;
  @AutoClose private static Localnet localnet;
  private static ObjectNode usual;

  record Outcome(int code, String said) {}

  @BeforeAll
  static void startLocalnet() throws IOException {
    localnet =
        Localnet.start(
            new LocalnetOptions(
                folder.resolve("localnet"),
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                6,
                360,
                Sealing.every(Duration.ofSeconds(12)),
                1,
                SampleSubnet.withoutMiners(6, List.of(Keypair.fromUri("//Alice"))),
                Map.of(),
                LocalnetPorts.ANY,
                false,
                OptionalLong.empty(),
                false));
    usual = new ObjectMapper().createObjectNode();
    usual.withObject("/chain").putArray("endpoints").add(localnet.chain().toString());
    usual.withObject("/hub").put("endpoint", localnet.hub().toString());
    usual.withObject("/feed").put("endpoint", localnet.feed().toString());
    usual.withObject("/paths").put("warehouse", folder.resolve("tables").toString());
    usual.withObject("/paths").put("bundles", folder.resolve("bundles").toString());
    usual.withObject("/evaluation").put("cache", folder.resolve("cache").toString());
    usual.withObject("/submit").put("wallets", folder.resolve("wallets").toString());
    Files.writeString(
        folder.resolve("losses.json"),
        "{\"models\": [{\"uid\": 1, \"hotkey\": \"a\", \"block\": 5, \"digest\": \"x\", \"losses\":"
            + " [1.0]}]}");
    Files.writeString(folder.resolve("samples.jsonl"), "{\"ids\": [1, 2], \"prompt_len\": 1}\n");
    Files.writeString(folder.resolve("usual.yaml"), usual.toString());
  }

  @Test
  void noWrongInputIsAnsweredWithAStackTraceAClassOrAnotherExitCode() throws Exception {
    List<WrongInput> cases = cases();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(1_000);
    Collections.shuffle(cases, new Random(SEED));
    Set<String> known = known();
    List<String> failures = new ArrayList<>();
    for (WrongInput each : cases.subList(0, Math.min(COUNT, cases.size()))) {
      if (!known.contains(each.name())) {
        record(each, complaint(each, inProcess(each)), failures);
      }
    }
    List<WrongInput> launched =
        cases.stream()
            .filter(each -> each.words().stream().noneMatch(word -> word.contains("\u0000")))
            .limit(THROUGH_THE_LAUNCHER)
            .toList();
    for (WrongInput each : launched) {
      WrongInput named =
          new WrongInput(
              "launcher: " + each.name(), each.words(), each.configuration(), each.exitCodes());
      if (!known.contains(named.name())) {
        record(named, complaint(named, throughTheLauncher(named)), failures);
      }
    }
    assertThat(failures).isEmpty();
  }

  /** As a later release may have it. */
  public record LaterChain(int row, String genesis, int netuid, Optional<String> name) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /paths/warehouse | newer | 2 | written by a newer release (format 1, columns [name];
          /paths/warehouse | /proc/assay | 2 | paths.warehouse is /proc/assay, which can't be written
          /catalog/uri | jdbc:postgresql://127.0.0.1:1/assay | 75 | does not answer
          """)
  void tablesThatCannotBeUsedEndACommandInItsCode(
      String key, String value, int code, String sentence) throws Exception {
    ObjectNode settings = usual.deepCopy();
    int slash = key.lastIndexOf('/');
    settings.withObject(key.substring(0, slash)).put(key.substring(slash + 1), value);
    if (key.startsWith("/catalog")) {
      settings.withObject("/catalog").put("type", "jdbc");
    }
    if (value.equals("newer")) {
      String newer = folder.resolve(value).toString();
      settings.withObject("/paths").put("warehouse", newer);
      try (Warehouse later = Warehouse.open(newer, new Configuration())) {
        later.table(new TableDefinition<>("chain", LaterChain.class, List.of("row"), "row"));
      }
    }
    WrongInput input = new WrongInput(key, List.of("snapshot"), settings.toString(), Set.of(code));

    Outcome outcome = inProcess(input);

    assertThat(complaint(input, outcome)).isEmpty();
    assertThat(outcome.said()).contains(sentence);
  }

  private static List<WrongInput> cases() {
    String config = "--config=" + folder.resolve("usual.yaml");
    String samples = "--samples=" + folder.resolve("samples.jsonl");
    String checkpoint = "--checkpoint=" + folder.resolve("no-checkpoint");
    String taken = "--chain-port=" + localnet.chain().getPort();
    Map<String, List<String>> base =
        Map.ofEntries(
            // What would run for minutes is refused for another reason when nothing is wrong.
            Map.entry("demo", List.of("--out=/proc/assay", taken)),
            Map.entry("localnet up", List.of("--keep", taken)),
            Map.entry("snapshot", List.of(config)),
            Map.entry("evaluate", List.of(config, "--no-submit")),
            Map.entry("submit", List.of(config, "--evaluation=abc")),
            Map.entry(
                "score", List.of("--losses=" + folder.resolve("losses.json"), "--policy=assay-1")),
            Map.entry("simulate", List.of("--scenario=twins", "--policy=assay-1", "--epochs=1")),
            Map.entry("loss", List.of(checkpoint, samples)),
            Map.entry("bench model", List.of(checkpoint, samples)),
            Map.entry("bench workers", List.of(checkpoint, samples)),
            Map.entry("bench early-stop", List.of("--fields=1")),
            Map.entry("bench download", List.of("--megabytes=1", "--rounds=1")),
            Map.entry("bench samples", List.of("--count=100", "--per-window=100")),
            Map.entry("bench cluster", List.of("--only=simulation")),
            Map.entry("replay", List.of(folder.resolve("no-bundle").toString())),
            Map.entry("explain", List.of(folder.resolve("no-bundle").toString())),
            Map.entry("yuma", List.of(config)),
            Map.entry("weight-copying", List.of(config, "--epochs=2")),
            Map.entry("metagraph", List.of(config)),
            Map.entry("commitments", List.of(config)),
            Map.entry("weights", List.of(config)),
            Map.entry("hyperparameters", List.of(config)),
            Map.entry("wallet new", List.of(config, "--no-password")),
            Map.entry("wallet list", List.of(config)),
            Map.entry("wallet show", List.of(config)),
            Map.entry("wallet import", List.of(config, "hotkey")),
            Map.entry("wallet sign", List.of(config, "--message=x")),
            Map.entry("wallet verify", List.of("--message=x", "--address=x", "--signature=x")),
            Map.entry("register", List.of(config, "--yes")),
            Map.entry("stake add", List.of(config, "--amount=1", "--yes")),
            Map.entry("stake remove", List.of(config, "--amount=1", "--yes")),
            Map.entry(
                "publish", List.of("no-model", "--repository=a/b", "--competition=b1", config)),
            Map.entry("commit", List.of("no-model", config)),
            Map.entry("localnet fund", List.of(config)),
            Map.entry("localnet register", List.of(config)),
            Map.entry("localnet stake", List.of(config)),
            Map.entry("localnet miners", List.of(config, "--count=1")));
    List<WrongInput> cases = new ArrayList<>(new WrongWords(base).all());
    // Nothing is wrong with many epochs, fields, samples or bytes but the time that they take.
    cases.removeIf(
        each ->
            each.name()
                .matches(
                    "(simulate: --epochs|bench early-stop: --fields|bench samples: --count"
                        + "|bench download: --megabytes)=\\d{5}"));
    JsonNode defaults = effective();
    cases.addAll(WrongSettings.all(List.of("evaluate", "--no-submit"), defaults, usual));
    // A relative path is as good as any, and would be made in the working directory or above it.
    cases.removeIf(each -> each.name().matches("paths\\.\\w+: odd (lines|no scheme|folder|bidi)"));
    cases.addAll(competitions());
    return cases;
  }

  /**
   * The same for competitions.yaml, whose keys stand in lists: the first era's first competition.
   */
  private static List<WrongInput> competitions() {
    JsonNode shipped = StrictYaml.read(Path.of("..", "conf", "competitions-demo.yaml"));
    ObjectNode rules = (ObjectNode) shipped.at("/eras/0/competitions/0");
    // Written as whole numbers, bound as fractions.
    rules.withObject("/norms").put("soft", 200.0).put("hard", 1000.0);
    return WrongSettings.all(List.of("evaluate", "--no-submit"), rules, rules).stream()
        .map(
            each ->
                new WrongInput(
                    "competitions: " + each.name(),
                    each.words(),
                    "competition_of_old_commitments: b1\neras: [{from_block: 0, competitions: ["
                        + each.configuration()
                        + "]}]",
                    each.exitCodes()))
        .toList();
  }

  /** Every key as it is bound, so that a new one is tried without being listed anywhere. */
  private static JsonNode effective() {
    try {
      ObjectNode tree =
          (ObjectNode) new ObjectMapper().readTree(AssayConfiguration.defaults().effective());
      tree.remove(List.of("competitions", "version"));
      // The published form has durations and sizes by the names of earlier releases.
      ObjectNode both = (ObjectNode) StrictYaml.read(Path.of("..", "conf", "assay.yaml"));
      StrictYaml.merge(both, tree);
      return both;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A case's words with the file that it is about. */
  private static List<String> words(WrongInput input) throws IOException {
    if (input.configuration().isEmpty()) {
      return input.words();
    }
    Path file = folder.resolve("wrong.yaml");
    if (input.name().contains("competitions: ")) {
      Files.writeString(folder.resolve("wrong-competitions.yaml"), input.configuration());
      ObjectNode settings = usual.deepCopy();
      settings.withObject("/evaluation").put("competitions", "wrong-competitions.yaml");
      Files.writeString(file, settings.toString());
    } else {
      Files.writeString(file, input.configuration());
    }
    return Stream.concat(input.words().stream(), Stream.of("--config", file.toString())).toList();
  }

  private static Outcome inProcess(WrongInput input) throws Exception {
    String[] words = words(input).toArray(String[]::new);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setErr(stream);
    try {
      PrintWriter writer = new PrintWriter(stream, true, StandardCharsets.UTF_8);
      CompletableFuture<Integer> running =
          CompletableFuture.supplyAsync(
              () ->
                  Main.commandLine()
                      .setErr(writer)
                      .setOut(
                          new PrintWriter(
                              new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                      .execute(words));
      int code = running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Outcome(code, said.toString(StandardCharsets.UTF_8));
    } catch (TimeoutException silent) {
      return new Outcome(-1, "no end within " + PATIENCE_SECONDS + " s: " + said);
    } finally {
      System.setErr(before);
    }
  }

  private static Outcome throughTheLauncher(WrongInput input) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("bash", Path.of("..", "assay").toAbsolutePath().toString()));
    line.addAll(words(input));
    Path err = folder.resolve("launcher.err");
    Process process =
        new ProcessBuilder(line)
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return new Outcome(-1, "no end");
    }
    return new Outcome(process.exitValue(), Files.readString(err));
  }

  /** What is wrong with an answer; empty where nothing is. */
  private static String complaint(WrongInput input, Outcome outcome) {
    String said = outcome.said();
    String shown = said.replace(folder.toString(), "").strip();
    if (!input.exitCodes().contains(outcome.code())) {
      return "exit code " + outcome.code() + " instead of " + input.exitCodes() + ": " + shown;
    }
    // What was given is quoted, and may be anything.
    String own = shown;
    for (String word : input.words()) {
      for (String part : word.split("=", 2)) {
        own = part.length() < 3 ? own : own.replace(Printable.onTerminal(part), "");
      }
    }
    var telltale = TELLTALE.matcher(own);
    if (telltale.find()) {
      return "'" + telltale.group() + "' in: " + shown;
    }
    return outcome.code() == ExitCode.USAGE && !said.contains("assay: ")
        ? "no line that begins with 'assay: ': " + shown
        : "";
  }

  private static Set<String> known() throws IOException {
    if (LOG.isEmpty() || !Files.exists(Path.of(LOG))) {
      return Set.of();
    }
    return Files.readAllLines(Path.of(LOG)).stream()
        .filter(line -> line.startsWith("ok "))
        .map(line -> line.substring(3))
        .collect(Collectors.toSet());
  }

  private static void record(WrongInput input, String complaint, List<String> failures)
      throws IOException {
    String line =
        complaint.isEmpty()
            ? "ok " + input.name()
            : "FAILED " + input.name() + " | " + complaint.lines().findFirst().orElse("");
    if (!complaint.isEmpty()) {
      failures.add(input.name() + " | " + complaint);
    }
    if (!LOG.isEmpty()) {
      Files.writeString(
          Path.of(LOG), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
