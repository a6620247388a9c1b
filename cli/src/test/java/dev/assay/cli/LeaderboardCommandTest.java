package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.failure.Failures;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.report.bench.MadeUpSubnet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The leaderboard from the command line, of whatever state a folder may be in. */
class LeaderboardCommandTest {
  private static final MadeUpSubnet SUBNET = new MadeUpSubnet(3, 20, 2, 8);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void configure() throws Exception {
    Files.writeString(
        folder.resolve("assay.yaml"),
        """
        chain: {netuid: 1}
        window: {blocks: 360}
        paths: {warehouse: "%1$s/tables", bundles: "%1$s/bundles"}
        submit: {wallets: "%1$s/wallets"}
        """
            .formatted(folder));
  }

  private int run(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "leaderboard",
                "--config",
                folder.resolve("assay.yaml").toString(),
                "--out",
                folder.resolve("site").toString()));
    all.addAll(List.of(words));
    return new CommandLine(new Assay())
        .registerConverter(Path.class, Path::of)
        .setExecutionExceptionHandler(Failures::onExecution)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private void fill() {
    try (Warehouse warehouse =
        Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
      SUBNET.fill(warehouse);
    }
  }

  private BundleFolder bundle() {
    return new BundleFolder(folder.resolve("bundles").resolve(SUBNET.latest()));
  }

  @Test
  void theSiteIsWrittenFromTablesAndBundle() throws Exception {
    fill();
    SUBNET.write(bundle());

    assertThat(run("--without-chain", "--json")).isZero();

    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.get("models").asInt()).isEqualTo(19);
    assertThat(answer.get("evaluations").asInt()).isEqualTo(2);
    assertThat(Path.of(answer.get("page").asText())).exists();
    assertThat(folder.resolve("site/models/12.html")).content().contains("does not beat");
  }

  @Test
  void aBundleCutShortLeavesEverythingElse() throws Exception {
    fill();
    SUBNET.write(bundle());
    Path input = folder.resolve("bundles").resolve(SUBNET.latest()).resolve("scoring-input.txt");
    Files.writeString(input, Files.readString(input).substring(0, 400));

    assertThat(run("--without-chain")).isZero();

    assertThat(out.toString()).contains("bundle of the latest evaluation can't be read");
    assertThat(folder.resolve("site/index.html"))
        .content()
        .contains("be read, so reasons, bounds and samples are left out");
  }

  @Test
  void tablesCopiedInPartAreToldInOneLine() throws Exception {
    fill();
    delete(folder.resolve("tables/verdicts/data"));

    assertThat(run("--without-chain")).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString()).contains("are incomplete, as after a copy").hasLineCount(1);
    assertThat(folder.resolve("site")).doesNotExist();
  }

  @Test
  void aTableThatWasNotCopiedIsToldOnThePage() throws Exception {
    fill();
    delete(folder.resolve("tables/verdicts"));

    assertThat(run("--without-chain")).isZero();

    assertThat(out.toString()).contains("The tables lack verdicts of the latest evaluation");
  }

  private static void delete(Path gone) throws Exception {
    try (Stream<Path> files = Files.walk(gone)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void withoutABundleReasonsAreLeftOut() throws Exception {
    fill();

    assertThat(run("--without-chain")).isZero();

    assertThat(out.toString()).contains("bundle of the latest evaluation is not there");
  }

  @Test
  void tablesWithoutAnEvaluationMakeAPageThatSaysSo() throws Exception {
    Files.createDirectories(folder.resolve("tables"));

    assertThat(run("--without-chain")).isZero();

    assertThat(out.toString()).contains("EMPTY, no evaluation has been completed yet");
  }

  @Test
  void aWrongPathIsNotTakenForAnEmptyWarehouse() {
    assertThat(run("--without-chain")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("there is no such folder; evaluate first");
    assertThat(folder.resolve("tables")).doesNotExist();
  }

  @Test
  void somebodysFolderIsNotWrittenTo() throws Exception {
    fill();
    Files.createDirectories(folder.resolve("site"));
    Files.writeString(folder.resolve("site/thesis.tex"), "mine");

    assertThat(run("--without-chain")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("holds something else; name a new or an empty folder");
    assertThat(folder.resolve("site").toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void aBlockNeedsTheChain() {
    assertThat(run("--without-chain", "--at", "5")).isEqualTo(ExitCode.USAGE);
  }
}
