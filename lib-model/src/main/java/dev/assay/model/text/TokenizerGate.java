package dev.assay.model.text;

import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;

/**
 * Decides whether a tokenizer may be loaded: it is a regular file, made of known steps with known
 * values ({@link TokenizerSteps}), and as large as a tokenizer may be. {@link Tokenizer#open} asks
 * it before native code sees the file.
 */
public final class TokenizerGate {
  /** Llama 3 and Gemma have 2.2: a token can be made in more than one way. */
  private static final int MOST_MERGES_AN_ID = 4;

  private TokenizerGate() {}

  /**
   * Refuses a tokenizer.json that is not safe to load. Loads nothing.
   *
   * @param competitionDigests SHA-256, in lower-case hexadecimal, of the files that the competition
   *     trusts
   */
  public static void require(
      Path tokenizerJson, Set<String> competitionDigests, TokenizerLimits limits)
      throws RejectedCheckpointException, IOException {
    byte[] json = read(tokenizerJson, limits);
    if (competitionDigests.contains(digest(json))) {
      return;
    }
    require(TokenizerFile.parse(json, limits));
  }

  static void require(TokenizerFile file) throws RejectedCheckpointException {
    TokenizerSteps.require(file);
    int most = MOST_MERGES_AN_ID * (file.largestId() + 1);
    if (file.merges() > most) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_NOT_ALLOWED,
          "tokenizer.json has "
              + file.merges()
              + " merges; the limit is "
              + most
              + "; use the competition's tokenizer");
    }
  }

  /** Reads a regular file, of which it takes no more than the limit even while it grows. */
  static byte[] read(Path tokenizerJson, TokenizerLimits limits)
      throws RejectedCheckpointException, IOException {
    return TokenizerFolder.regularFile(tokenizerJson, limits.bytes());
  }

  static String digest(byte[] json) {
    return HexFormat.of().formatHex(FileDigest.newSha256().digest(json));
  }
}
