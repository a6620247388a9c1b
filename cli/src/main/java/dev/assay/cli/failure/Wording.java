package dev.assay.cli.failure;

import dev.assay.chain.rpc.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/**
 * The one line that reports a failure. Libraries put names of classes into their messages, which
 * tell an operator nothing; they are for {@code --verbose}.
 */
final class Wording {
  private static final String QUALIFIED =
      "(?:[a-z][a-z0-9_]*\\.){2,}(?:[a-z][a-z0-9_]*\\.)*[A-Z][\\w$]*(?:\\.[\\w$]+)*";
  private static final String FAILURE = "[A-Z]\\w*(?:Exception|Error)";

  /** A class before what it says, at the beginning of a text or of a part in brackets. */
  private static final Pattern PREFIX =
      Pattern.compile("(?:" + QUALIFIED + "|\\b" + FAILURE + ")\\s*:\\s*");

  /** What stands in brackets about a class or a place in the source. */
  private static final Pattern ASIDE =
      Pattern.compile(
          "\\s*[\\[(](?:class |interface |from |Source: )?[`']?(?:"
              + QUALIFIED
              + ")[^)\\]]*[)\\]]");

  private static final Pattern PLACE = Pattern.compile("\\s*\\(?\\b\\w+\\.(?:java|scala):\\d+\\)?");
  private static final Pattern NAME =
      Pattern.compile("[`']?(?:" + QUALIFIED + "|\\b" + FAILURE + "\\b)[`']?");

  private Wording() {}

  /** A failure's message without names of classes; never empty. */
  static String of(Throwable failure) {
    if (failure instanceof FileSystemException file) {
      return file.getFile() + ": " + Reason.of(file);
    }
    if (failure instanceof UncheckedIOException wrapped && saysNothing(wrapped)) {
      return of(wrapped.getCause());
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure instanceof IOException
          ? Reason.of(failure)
          : "an unexpected fault; run again with --verbose for its origin";
    }
    return plain(message.strip().lines().findFirst().orElse(message));
  }

  /** A line without names of classes. */
  static String plain(String line) {
    String shown = ASIDE.matcher(line).replaceAll("");
    shown = PREFIX.matcher(shown).replaceAll("");
    shown = PLACE.matcher(shown).replaceAll("");
    return NAME.matcher(shown).replaceAll("a value").strip();
  }

  private static boolean saysNothing(UncheckedIOException failure) {
    return failure.getMessage() == null
        || failure.getMessage().equals(String.valueOf(failure.getCause()));
  }
}
