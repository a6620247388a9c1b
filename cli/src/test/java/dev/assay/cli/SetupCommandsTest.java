package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer tries first. */
class SetupCommandsTest {
  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  private static Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void assayAloneAndHelpShowTheHelp() {
    assertThat(run().code()).isZero();
    assertThat(run().out()).contains("Start here:", "validator");
    assertThat(run("help").out()).isEqualTo(run("--help").out());
    assertThat(run("help", "localnet", "up").out()).startsWith("Usage: assay localnet up");
    assertThat(run("help", "no-such").code()).isEqualTo(2);
  }

  @Test
  void theNearestNamesAreToldForAWrongOne() {
    assertThat(run("evalute").err()).contains("did you mean", "evaluate");
    assertThat(run("window", "--confg", "x").err()).contains("did you mean", "--config");
    assertThat(run("window", "--confg", "x").err().lines()).hasSize(1);
  }

  @Test
  void completionKnowsEveryCommand() {
    Run completion = run("completion");

    assertThat(completion.code()).isZero();
    assertThat(completion.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("validator", "weight-copying", "--no-submit");
  }

  @Test
  void everyKeyOfTheReferenceIsShown() throws Exception {
    JsonNode shown =
        new ObjectMapper().readTree(run("config", "show", "--config", "../conf/assay.yaml").out());
    JsonNode reference = new YAMLMapper().readTree(Path.of("../conf/assay.yaml").toFile());

    reference
        .fields()
        .forEachRemaining(
            section ->
                section
                    .getValue()
                    .fieldNames()
                    .forEachRemaining(
                        key ->
                            assertThat(shown.path(section.getKey()).has(key))
                                .as("%s.%s", section.getKey(), key)
                                .isTrue()));
  }

  @Test
  void aConfigurationIsCheckedAndShownWithoutSecrets() throws Exception {
    Path sound = Files.writeString(folder.resolve("sound.yaml"), "chain: {netuid: 12}\n");
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "chian: {netuid: 12}\n");
    JsonNode shown =
        new ObjectMapper().readTree(run("config", "show", "--config", sound.toString()).out());

    assertThat(run("config", "check", "--config", sound.toString()).out()).contains("subnet 12");
    assertThat(run("config", "check", "--json", "--config", sound.toString()).out())
        .startsWith("{\"netuid\":12,\"eras\":");
    assertThat(run("config", "check", "--config", wrong.toString()).code()).isEqualTo(2);
    assertThat(shown.at("/chain/netuid").asInt()).isEqualTo(12);
    assertThat(shown.at("/validator/poll").asText()).isEqualTo("12s");
    assertThat(shown.at("/catalog/type").asText()).isEqualTo("hadoop");
    assertThat(shown.at("/catalog").has("database")).isFalse();
    assertThat(shown.at("/secrets/ASSAY_HUB_TOKEN").asText()).isIn("set", "not set");
    assertThat(shown.at("/secrets/ASSAY_CATALOG_PASSWORD").asText()).isIn("set", "not set");
  }

  @Test
  void aCatalogInAFileIsUsedByEveryCommandAndOneThatIsAwayEndsInOneSentence() throws Exception {
    String uri = "jdbc:sqlite:" + folder.resolve("tables").resolve("catalog.db");
    Path sqlite =
        Files.writeString(
            folder.resolve("sqlite.yaml"),
            "paths: {warehouse: '%s'}\ncatalog: {type: jdbc, uri: '%s'}\n"
                .formatted(folder.resolve("tables"), uri));
    Path away =
        Files.writeString(
            folder.resolve("away.yaml"),
            "paths: {warehouse: '%s'}\ncatalog: {type: jdbc, uri: '%s', user: me}\n"
                .formatted(folder.resolve("none"), "jdbc:postgresql://127.0.0.1:1/assay"));

    assertThat(run("maintain", "--config", sqlite.toString()).code()).isEqualTo(3);
    assertThat(folder.resolve("tables").resolve("catalog.db")).exists();
    Run refused = run("maintain", "--config", away.toString());
    assertThat(refused.code()).isEqualTo(75);
    assertThat(refused.err())
        .contains("catalog.uri jdbc:postgresql://127.0.0.1:1/assay does not answer")
        .hasLineCount(1);
  }

  @Test
  void theDoctorTellsTheFixOfWhatIsWrong() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            chain: {endpoints: ["http://127.0.0.1:1"]}
            hub: {endpoint: "http://127.0.0.1:1"}
            submit: {wallets: "%s"}
            paths: {warehouse: "%s"}
            """
                .formatted(folder.resolve("wallets"), folder.resolve("tables")));
    Run doctor = run("doctor", "--config", file.toString());
    JsonNode checks =
        new ObjectMapper()
            .readTree(run("doctor", "--json", "--config", file.toString()).out())
            .get("checks");

    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .contains("fix: correct chain.endpoints", "fix: correct submit.wallets")
        .contains("fix: correct hub.endpoint", "OK       java");
    assertThat(checks).hasSize(12).allMatch(check -> !check.get("found").asText().isEmpty());
  }
}
