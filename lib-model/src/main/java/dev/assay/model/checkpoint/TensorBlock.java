package dev.assay.model.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A part of a tensor's bytes in memory, so that a tensor of any size can be read in a bounded one.
 *
 * <p>Reads instead of mapping: a file that is cut short while it is mapped would end the JVM.
 */
final class TensorBlock {
  /** Most bytes of a block; a multiple of every element size. */
  static final int BYTES = 1 << 18;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * The tensor's bytes from {@code from} on, as many as a block has or the tensor has left: from
   * position 0 to the limit of a little-endian buffer, which holds them until the next call.
   */
  ByteBuffer read(FileChannel channel, TensorEntry tensor, long from) throws IOException {
    buffer.clear().limit((int) Math.min(BYTES, tensor.length() - from));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, tensor.offset() + from + buffer.position()) < 0) {
        throw new EOFException(tensor.file() + " became shorter while it was read");
      }
    }
    return buffer.flip();
  }
}
