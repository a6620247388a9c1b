package dev.assay.cli.process;

import dev.assay.chain.rpc.Reason;
import dev.assay.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The system's temporary folder, which Spark and every native library write to as they start. */
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /**
   * Refuses to start where nothing can be written to it: what fails then would blame a setting.
   *
   * @throws UsageException naming the folder
   */
  public static void require(String folder) {
    try {
      Path file = Files.createTempFile(Path.of(folder), "assay-", "");
      try {
        Files.write(file, new byte[1 << 12]);
      } finally {
        Files.delete(file);
      }
    } catch (IOException | InvalidPathException unwritable) {
      throw new UsageException(
          "the temporary folder "
              + folder
              + " can't be written: "
              + Reason.of(unwritable)
              + "; free space there, or name another one: ASSAY_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
          unwritable);
    }
  }
}
