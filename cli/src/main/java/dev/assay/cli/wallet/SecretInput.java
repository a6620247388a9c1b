package dev.assay.cli.wallet;

import dev.assay.chain.rpc.Reason;
import dev.assay.cli.terminal.Keyboard;
import dev.assay.cli.terminal.UsageException;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A secret of the operator's: from a file, else from the environment, else from a prompt that shows
 * nothing. Never from the command line, which other users of the machine can read.
 *
 * @param what it is called at the prompt
 * @param option that names the file
 * @param file that the option names, if it does
 * @param variable of the environment
 */
record SecretInput(String what, String option, Optional<Path> file, String variable) {
  private static final int LONGEST = 64 * 1024;

  /** The secret that there is already. */
  String existing() {
    return given().orElseGet(() -> prompted(what + ": "));
  }

  /** A new secret; at a prompt it is entered twice. */
  String fresh() {
    return given()
        .orElseGet(
            () -> {
              String first = prompted("New " + what + ": ");
              if (!first.equals(prompted("The same again: "))) {
                throw new UsageException("the two entries differ; run the command again");
              }
              return first;
            });
  }

  private Optional<String> given() {
    Optional<String> secret =
        file.isPresent()
            ? Optional.of(read(file.get()))
            : Optional.ofNullable(System.getenv(variable));
    if (secret.isPresent() && secret.get().isBlank()) {
      throw new UsageException(
          (file.isPresent() ? option + ": the file" : variable) + " is empty; give the " + what);
    }
    return secret;
  }

  private String prompted(String prompt) {
    Console console =
        Keyboard.found()
            .orElseThrow(
                () ->
                    new UsageException(
                        "there is no terminal to ask for the %s at; set %s or name a file by %s"
                            .formatted(what, variable, option)));
    char[] entered = console.readPassword("%s", prompt);
    if (entered == null || entered.length == 0) {
      throw new UsageException("nothing was entered for the " + what + "; run the command again");
    }
    return new String(entered);
  }

  /** The file without the line break at its end. */
  private String read(Path path) {
    try {
      requireOwnersOnly(path);
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
          throw new UsageException(option + ": " + path + " exceeds " + LONGEST + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
      }
    } catch (IOException unreadable) {
      throw new UsageException(
          option + ": " + path + " can't be read: " + Reason.of(unreadable), unreadable);
    }
  }

  /** A pipe has no permissions that matter. */
  private void requireOwnersOnly(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return;
    }
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
    boolean others =
        Arrays.stream(PosixFilePermission.values())
            .filter(each -> !each.name().startsWith("OWNER"))
            .anyMatch(open::contains);
    if (others) {
      throw new UsageException(option + ": " + path + " is open to others; run chmod 600 on it");
    }
  }

  @Override
  public String toString() {
    return "SecretInput[" + what + "]";
  }
}
