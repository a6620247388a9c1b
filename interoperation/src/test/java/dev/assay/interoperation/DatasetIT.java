package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.dataset.DatasetSource;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.model.hub.HubClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python's datasets publishes on the localnet's hub is a source of samples. */
class DatasetIT {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final String GENESIS = "0x" + "ab".repeat(32);
  private static final int COUNT = 300;

  @TempDir Path folder;

  @Test
  void theirDatasetIsOurSource() throws Exception {
    PythonScripts python = PythonScripts.installed("requirements-data.txt");
    try (HubServer hub =
        HubServer.start(
            HubOptions.local(
                folder.resolve("hub"),
                Map.of("alice", "token-of-alice"),
                Instant.ofEpochSecond(1_700_000_000)))) {
      JsonNode published =
          python.run(
              "dataset.py",
              Map.of("repository", "alice/numbers", "token", "token-of-alice", "count", COUNT),
              Map.of(
                  "HF_ENDPOINT",
                  hub.address().toString(),
                  "HF_HUB_DISABLE_XET",
                  "1",
                  "HF_HUB_DISABLE_TELEMETRY",
                  "1",
                  "HF_HOME",
                  folder.resolve("hf-home").toString()),
              120);

      assertThat(published.at("/texts/rows").asInt()).isEqualTo(COUNT);
      Set<String> texts =
          answers(hub, "numbers", published.at("/texts"), "prompt=question&response=answer");
      Set<String> talks = answers(hub, "numbers-talks", published.at("/talks"), "messages=talk");
      assertThat(texts).hasSize(COUNT).contains("What is 7? A number, 7.").isEqualTo(talks);
    }
  }

  private Set<String> answers(HubServer hub, String name, JsonNode published, String columns)
      throws Exception {
    String address =
        "datasets+hf://alice/%s@%s?%s&blocks=10-29&voucher=%s&at=2026-01-01T00:00:00Z"
            .formatted(name, published.path("revision").asText(), columns, ALICE.account().ss58());
    byte[] text = DatasetSource.vouched(GENESIS, 1, address).getBytes(StandardCharsets.UTF_8);
    String signature = HexFormat.of().formatHex(ALICE.sign(text));
    SampleSource source =
        DatasetSource.of(
            URI.create(address + "&signature=" + signature),
            1,
            HubClient.of(hub.address()),
            folder.resolve("cache"));
    source.require(GENESIS, Set.of(ALICE.account().ss58()));
    Set<String> answers = new TreeSet<>();
    source
        .samples(1, 40)
        .offers()
        .forEach(
            offer -> {
              assertThat(offer.orElseThrow().genuine().getAsBoolean()).isTrue();
              answers.add(
                  offer.orElseThrow().row().prompt() + " " + offer.orElseThrow().row().response());
            });
    return answers;
  }
}
