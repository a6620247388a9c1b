package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileSelectionTest {
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1000, 1500, 3, Duration.ofSeconds(20));

  @Test
  void neverSelectsNamesThatAreNotPlain() {
    FileSelection all = FileSelection.matching(List.of("*", "*/*", "*/*/*"));
    List<HubFile> hostile =
        Stream.of(
                "../x", "/x", "a/../b", "a//b", ".", "a\u0000b", "a\nb", "a\\b", "C:x", "a\u202eb")
            .map(path -> new HubFile(path, 1, "0".repeat(40), Optional.empty()))
            .toList();

    assertThat(all.of(hostile, LIMITS)).isEmpty();
  }

  @Test
  void selectsByNameAndStarWithinAFolder() {
    FileSelection selection = FileSelection.matching(List.of("config.json", "model-*.safetensors"));
    List<HubFile> listing =
        Stream.of("model-1.safetensors", "x/model-2.safetensors", "config.json", "configXjson")
            .map(path -> new HubFile(path, 1, "0".repeat(40), Optional.empty()))
            .toList();

    assertThat(selection.of(listing, LIMITS))
        .extracting(HubFile::path)
        .containsExactly("config.json", "model-1.safetensors");
  }
}
