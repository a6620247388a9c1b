package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.wandb.RunsService;
import dev.assay.jobs.wandb.RunsSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What W&amp;B's own client logs on a stub of its service is a source of samples. */
class WandbIT {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final String KEY = "0123456789".repeat(4);
  private static final int STEPS = 3;
  private static final int UIDS = 5;

  @TempDir Path folder;

  private static Map<String, Object> run(String id, String signed) {
    String signature =
        HexFormat.of().formatHex(ALICE.sign(signed.getBytes(StandardCharsets.UTF_8)));
    return Map.of(
        "id", id,
        "hotkey", ALICE.account().ss58(),
        "signature", signature,
        "steps", STEPS,
        "uids", UIDS);
  }

  @Test
  void whatTheirClientLogsIsOurSource() throws Exception {
    PythonScripts python = PythonScripts.installed("requirements-runs.txt");
    try (RunsService service = RunsService.start()) {
      python.run(
          "runs.py",
          Map.of(
              "folder", folder.toString(),
              "runs", List.of(run("genuine", "genuine"), run("forged", "another"))),
          Map.of(
              "WANDB_BASE_URL",
              service.address(),
              "WANDB_API_KEY",
              KEY,
              "WANDB_SILENT",
              "true",
              "WANDB_ERROR_REPORTING",
              "false",
              "WANDB_CACHE_DIR",
              folder.toString(),
              "WANDB_CONFIG_DIR",
              folder.toString()),
          120);

      SampleSource source =
          RunsSource.of(URI.create("wandb+" + service.address() + "?state=any"), Optional.of(KEY));
      // A chain whose blocks are an hour apart: all that was logged is of one of them.
      Instant begin = Instant.now().minusSeconds(7200);
      source.follow(block -> begin.plusSeconds(3600 * block));
      List<OfferedSample> offers =
          source.samples(1, 9).offers().stream().map(Optional::orElseThrow).toList();

      assertThat(offers).hasSize(2 * STEPS * UIDS);
      List<SampleRow> genuine =
          offers.stream()
              .filter(offer -> offer.genuine().getAsBoolean())
              .map(OfferedSample::row)
              .toList();
      assertThat(genuine)
          .hasSize(STEPS * UIDS)
          .allMatch(row -> row.signature().startsWith("run:genuine:"))
          .allMatch(row -> row.source().equals(ALICE.account().ss58()))
          .extracting(row -> row.prompt() + " " + row.response())
          .contains("What is 2 times 4? It is 8.");
    }
  }
}
