package dev.assay.model.hub;

import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is arriving. It never holds more bytes than announced, is hashed as it is written,
 * and moves to its place whole and verified. What a broken download left is hashed again and
 * continued.
 */
final class PartFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final HubFile file;
  private final Path path;
  private final FileChannel channel;
  private AnnouncedDigest digest;
  private long length;
  private boolean ofOneStream;
  private boolean closed;

  private PartFile(HubFile file, Path path, FileChannel channel) {
    this.file = file;
    this.path = path;
    this.channel = channel;
    this.digest = AnnouncedDigest.of(file);
  }

  static PartFile open(HubFile file, Path path) throws IOException {
    Files.createDirectories(path.getParent());
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    PartFile part = new PartFile(file, path, channel);
    if (channel.size() > file.size()) {
      part.restart();
    } else {
      part.hashWhatIsThere();
    }
    return part;
  }

  private void hashWhatIsThere() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(buffer.clear()) >= 0) {
      digest.update(buffer.flip());
    }
    length = channel.size();
  }

  synchronized long length() {
    return length;
  }

  boolean isComplete() {
    return length() == file.size();
  }

  /** Whether everything has come in one answer, from its first byte to its last. */
  synchronized boolean isOfOneStream() {
    return ofOneStream;
  }

  /**
   * Prepares for an answer's bytes.
   *
   * @param continued whether they follow on what is there; else that is forgotten
   */
  synchronized void begin(boolean continued) throws IOException {
    if (!continued && length > 0) {
      restart();
    }
    ofOneStream = length == 0;
  }

  private void restart() throws IOException {
    channel.truncate(0);
    channel.position(0);
    digest = AnnouncedDigest.of(file);
    length = 0;
  }

  /** Adds bytes; refuses those beyond the announced size before writing them. */
  synchronized void write(ByteBuffer bytes) throws IOException {
    if (closed) {
      throw new IOException("the download was aborted");
    }
    if (length + bytes.remaining() > file.size()) {
      throw new HubException.Mismatch(
          "the file '"
              + HubException.quoted(file.path())
              + "' has more bytes than the "
              + file.size()
              + " announced");
    }
    length += bytes.remaining();
    digest.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Verifies the digest and moves the file to its place.
   *
   * @return the digest of what has come, where that is another than the announced one; the part is
   *     then gone
   */
  synchronized Optional<String> moveTo(Path target) throws IOException {
    channel.force(true);
    close();
    String delivered = digest.delivered();
    if (!digest.isExpected(delivered)) {
      Files.delete(path);
      return Optional.of(delivered);
    }
    Files.createDirectories(target.getParent());
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return Optional.empty();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
