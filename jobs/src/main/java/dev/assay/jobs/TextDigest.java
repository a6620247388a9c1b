package dev.assay.jobs;

import dev.assay.model.checkpoint.FileDigest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names values by their content. */
public final class TextDigest {
  private TextDigest() {}

  /** SHA-256 of the text in UTF-8, in lower-case hexadecimal. */
  public static String of(String text) {
    return HexFormat.of()
        .formatHex(FileDigest.newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
