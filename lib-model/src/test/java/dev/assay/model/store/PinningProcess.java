package dev.assay.model.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that pins a content and goes on until it is killed. */
final class PinningProcess {
  private PinningProcess() {}

  /** Started, and at work with the content. */
  static Process start(Path store, long budget, String repository, String content)
      throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    PinningProcess.class.getName(),
                    store.toString(),
                    Long.toString(budget),
                    repository,
                    content))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] line = process.getInputStream().readNBytes("pinned".length());
    if (!new String(line, StandardCharsets.US_ASCII).equals("pinned")) {
      throw new IllegalStateException("the process could not pin");
    }
    return process;
  }

  public static void main(String[] arguments) throws Exception {
    var unused =
        new CheckpointStore(Path.of(arguments[0]), Long.parseLong(arguments[1]))
            .pin(arguments[3], FilesOnAHub.named(arguments[2]), FilesOnAHub.REVISION, 10);
    System.out.print("pinned");
    System.out.flush();
    Thread.sleep(Long.MAX_VALUE);
  }
}
