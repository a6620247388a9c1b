package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TokenizerLimits LIMITS = TokenizerLimits.defaults();

  @TempDir Path directory;

  @Test
  void neverCutsAndNeverPads() throws Exception {
    Path file =
        write(
            json -> {
              json.putObject("truncation")
                  .put("direction", "Right")
                  .put("max_length", 4)
                  .put("strategy", "LongestFirst")
                  .put("stride", 0);
              json.putObject("padding")
                  .put("direction", "Right")
                  .put("pad_id", 0)
                  .put("pad_type_id", 0)
                  .put("pad_token", "<|end|>")
                  .putNull("pad_to_multiple_of")
                  .putObject("strategy")
                  .put("Fixed", 16);
            });

    try (Tokenizer tokenizer = Tokenizer.open(file, LIMITS)) {
      assertThat(tokenizer.encode("eight by")).hasSize(8);
    }
  }

  @Test
  void knowsItsSpecialTokens() throws Exception {
    try (Tokenizer tokenizer = Tokenizer.open(write(json -> {}), LIMITS)) {
      assertThat(tokenizer.specialTokens())
          .isEqualTo(Map.of("<|bos|>", 256, "<|user|>", 257, "<|assistant|>", 258, "<|end|>", 259));
      assertThat(tokenizer.encode("a<|end|>")).containsExactly('a', 259);
      assertThat(tokenizer.decode(new int[] {256, 'h', 'i'})).isEqualTo("<|bos|>hi");
      assertThat(tokenizer.digest()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void whatNativeCodeRefusesIsARejection() throws Exception {
    Path file = write(json -> ((ObjectNode) json.get("model")).put("merges", 7));

    assertThatThrownBy(() -> Tokenizer.open(file, LIMITS))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.MALFORMED_TOKENIZER));
  }

  @Test
  void theCompetitionsOwnFilePassesWhateverItHolds() throws Exception {
    Path file = write(json -> ((ObjectNode) json.get("pre_tokenizer")).put("type", "SomethingNew"));
    String digest = TokenizerGate.digest(Files.readAllBytes(file));

    TokenizerGate.require(file, Set.of(digest), LIMITS);
    assertThatThrownBy(() -> TokenizerGate.require(file, Set.of(), LIMITS))
        .hasMessageContaining("SomethingNew");
  }

  @Test
  void whatIsNoRegularFileIsNeverOpened() throws Exception {
    Path fifo = directory.resolve("fifo.json");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Path zero = Files.createSymbolicLink(directory.resolve("zero.json"), Path.of("/dev/zero"));
    Path text = Files.createSymbolicLink(directory.resolve("text.json"), write(json -> {}));

    for (Path file : List.of(fifo, zero, text, directory)) {
      assertRefused(file, Rejection.NOT_A_REGULAR_FILE);
    }
  }

  @Test
  void aLinkOfTheHubsCacheIsTheFileItStandsFor() throws Exception {
    Path blobs = Files.createDirectories(directory.resolve("models--a--b/blobs"));
    Path snapshot = Files.createDirectories(directory.resolve("models--a--b/snapshots/0123"));
    Files.move(write(json -> {}), blobs.resolve("abc"));
    Path link = snapshot.resolve("tokenizer.json");
    Files.createSymbolicLink(link, Path.of("../../blobs/abc"));

    try (Tokenizer tokenizer = Tokenizer.open(link, LIMITS)) {
      assertThat(tokenizer.vocabulary()).isEqualTo(ByteTokenizer.VOCABULARY);
    }

    Files.createSymbolicLink(blobs.resolve("def"), Path.of("/dev/zero"));
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("../../blobs/def"));
    assertRefused(link, Rejection.NOT_A_REGULAR_FILE);
  }

  /** No list of steps is asked here: this is what still stands behind it. */
  @Test
  void whatEndsItsProcessEndsAnother() throws Exception {
    Path file =
        write(
            json ->
                ((ObjectNode) json.get("model"))
                    .put("continuing_subword_prefix", "####")
                    .putArray("merges")
                    .add("a b"));
    byte[] json = Files.readAllBytes(file);

    assertThatThrownBy(() -> TokenizerTrial.require(json))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class,
            e -> {
              assertThat(e.rejection()).isEqualTo(Rejection.TOKENIZER_NOT_ALLOWED);
              assertThat(e).hasMessageContaining("exit code");
            });
  }

  private static void assertRefused(Path file, Rejection rejection) {
    assertThatThrownBy(() -> Tokenizer.open(file, LIMITS))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class, e -> assertThat(e.rejection()).isEqualTo(rejection));
  }

  private Path write(Consumer<ObjectNode> change) throws Exception {
    Path file = directory.resolve("tokenizer.json");
    ByteTokenizer.write(file);
    ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(json);
    return Files.write(file, JSON.writeValueAsBytes(json));
  }
}
