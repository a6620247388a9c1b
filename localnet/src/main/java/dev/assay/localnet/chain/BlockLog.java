package dev.assay.localnet.chain;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Lets a chain survive its process: the signed extrinsics of each block, from which the same blocks
 * follow again. A block is written before anyone is told of it; one that a killed process left
 * unfinished is cut off. One process at a time has the file.
 */
final class BlockLog implements AutoCloseable {
  private static final String NAME = "chain.log";
  private static final int HEAD = 8;
  private static final int MAX_RECORD = 64 * 1024 * 1024;

  private final FileChannel file;

  private BlockLog(FileChannel file) {
    this.file = file;
  }

  /** One block: its hash and its signed extrinsics. */
  record Entry(Bytes32 hash, List<byte[]> extrinsics) {
    private byte[] encode() {
      ScaleWriter out = new ScaleWriter().bytes(hash.bytes());
      return out.vec(extrinsics, ScaleWriter::byteVec).toByteArray();
    }

    private static Entry decode(byte[] bytes) {
      ScaleReader in = new ScaleReader(bytes);
      Entry entry = new Entry(new Bytes32(in.bytes(32)), in.vec(ScaleReader::byteVec));
      in.end();
      return entry;
    }
  }

  /**
   * Opens the log of a directory, which is made if it is missing.
   *
   * @throws IOException when another process has it or it can't be written
   */
  static BlockLog open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(NAME);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(file)) {
      file.close();
      throw new IOException(
          path + " belongs to another running localnet: choose another directory");
    }
    return new BlockLog(file);
  }

  /** All whole entries; what follows them is cut off. The first is the genesis. */
  List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    long end = 0;
    file.position(0);
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    while (fill(head)) {
      int length = head.getInt(0);
      if (length < 0 || length > MAX_RECORD) {
        break;
      }
      ByteBuffer body = ByteBuffer.allocate(length);
      if (!fill(body) || checksum(body.array()) != head.getInt(4)) {
        break;
      }
      try {
        entries.add(Entry.decode(body.array()));
      } catch (ScaleException e) {
        throw new IOException("block " + entries.size() + " of the log can't be read", e);
      }
      end = file.position();
      head.clear();
    }
    file.truncate(end);
    file.position(end);
    return entries;
  }

  /** Adds a block at the end. */
  void append(Entry entry) {
    byte[] body = entry.encode();
    ByteBuffer record = ByteBuffer.allocate(HEAD + body.length);
    record.putInt(body.length).putInt(checksum(body)).put(body).flip();
    try {
      while (record.hasRemaining()) {
        file.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a block can't be kept: is there space left?", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the log of blocks can't be closed", e);
    }
  }

  private boolean fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
