package dev.assay.cli.wallet;

import dev.assay.chain.rpc.Reason;
import dev.assay.cli.terminal.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The message that is signed or was signed: its bytes, as they are. */
final class MessageOptions {
  private static final int LONGEST = 16 << 20;

  @Option(names = "--message", paramLabel = "TEXT", description = "The message.")
  private String text;

  @Option(
      names = "--message-file",
      paramLabel = "FILE",
      description = "File of the message, with every byte of it; at most 16 MiB.")
  private Path file;

  byte[] bytes() {
    if ((text == null) == (file == null)) {
      throw new UsageException("give the message by one of --message and --message-file");
    }
    return text != null ? text.getBytes(StandardCharsets.UTF_8) : read();
  }

  private byte[] read() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new UsageException("--message-file: " + file + " exceeds 16 MiB");
      }
      return bytes;
    } catch (IOException unreadable) {
      throw new UsageException(
          "--message-file: " + file + " can't be read: " + Reason.of(unreadable), unreadable);
    }
  }
}
