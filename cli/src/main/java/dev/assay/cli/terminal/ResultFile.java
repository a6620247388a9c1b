package dev.assay.cli.terminal;

import dev.assay.chain.rpc.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A command's answer as a file, for what runs where nobody reads its standard output. It appears
 * whole or not at all; while the command runs there is none, so an earlier run's is never taken for
 * this one's.
 */
public final class ResultFile {
  /** The option that names it. */
  public static final String OPTION = "--result";

  private final Path file;

  public ResultFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * Removes what an earlier run left, and makes sure that this one can write.
   *
   * @throws UsageException if it can't
   */
  public void begin() {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.deleteIfExists(Files.createTempFile(file.getParent(), ".result", ".draft"));
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
  }

  /** Writes the answer. */
  public void write(Object answer) {
    try {
      Path draft = Files.createTempFile(file.getParent(), ".result", ".draft");
      Files.writeString(draft, Json.line(answer) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
  }

  /** Writes why there is no answer. */
  public void failed(String error, int exitCode) {
    write(Map.of("error", error, "exit_code", exitCode));
  }

  private UsageException unwritable(IOException cause) {
    return new UsageException(
        OPTION + " is " + file + ", which can't be written: " + Reason.of(cause) + "; name another",
        cause);
  }
}
