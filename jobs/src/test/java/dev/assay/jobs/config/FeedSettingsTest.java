package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.config.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedSettingsTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("assay.yaml"), text);
  }

  @Test
  void severalSourcesAreAddressesOrMaps() throws IOException {
    AssayConfiguration loaded =
        AssayConfiguration.load(
            file(
                """
                feed:
                  endpoints:
                    - https://a.example/feed
                    - {address: "file:///folder/samples.ndjson", netuid: 18, most: 500, share: 0.25}
                """),
            Map.of());

    assertThat(loaded.feed().places())
        .containsExactly(
            SourceSettings.of("https://a.example/feed"),
            new SourceSettings(
                "file:///folder/samples.ndjson",
                Optional.of(18),
                Optional.of(500),
                Optional.of(0.25)));
    assertThat(loaded.feed().hasQuotas()).isTrue();
    String published = loaded.effective();
    ObjectNode again = (ObjectNode) new ObjectMapper().readTree(published);
    again.remove(List.of("version", "competitions"));
    assertThat(AssayConfiguration.load(file(again.toString()), Map.of()).effective())
        .isEqualTo(published);
  }

  @Test
  void everyFaultOfTheSourcesIsTold() throws IOException {
    Path file =
        file(
            """
            feed:
              endpoint: https://b.example
              endpoints:
                - https://user:secret@a.example/feed
                - https://a.example/feed
                - {address: "no address", share: 2.0, most: 0}
                - {addres: "file:///a"}
                - 7
              quotas: {by_stake: 7}
            """);

    assertThatThrownBy(() -> AssayConfiguration.load(file, Map.of()))
        .hasMessageContaining("unknown key feed.endpoints[3].addres; the nearest known one is")
        .hasMessageContaining("share of no address: is 2")
        .hasMessageContaining("most of no address: is 0");
    Path twice =
        file(
            """
            feed:
              endpoint: https://b.example
              endpoints: ["https://user:secret@a.example/feed", "https://a.example/feed"]
            """);
    assertThatThrownBy(() -> AssayConfiguration.load(twice, Map.of()))
        .hasMessageContaining("feed.endpoint is also set, as https://b.example")
        .hasMessageContaining("feed.endpoints has https://a.example/feed twice");
    Path stake =
        file(
            """
            feed:
              endpoints: [{address: "https://a.example", netuid: 18}]
              quotas: {by_stake: 7}
            """);
    assertThatThrownBy(() -> AssayConfiguration.load(stake, Map.of()))
        .hasMessageContaining("feed.quotas.by_stake is 7, and feed.endpoints has a netuid");
  }
}
