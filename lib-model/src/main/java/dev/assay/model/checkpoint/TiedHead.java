package dev.assay.model.checkpoint;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;

/**
 * A head that is stored although it is tied to the embedding. Transformers 4 ties it whatever it
 * holds, transformers 5 only if it holds the same, so another one is refused.
 */
final class TiedHead {
  private TiedHead() {}

  /** Reads both tensors if both are stored; tensors have the shapes that are expected. */
  static void requireSame(
      ModelConfig config, List<ExpectedTensor> expected, Map<String, TensorEntry> tensors)
      throws RejectedCheckpointException, IOException {
    if (!config.tiedEmbeddings()) {
      return;
    }
    TensorEntry embedding = null;
    TensorEntry head = null;
    for (ExpectedTensor tensor : expected) {
      if (tensor.part() == Part.EMBEDDING) {
        embedding = tensors.get(tensor.name());
      } else if (tensor.part() == Part.HEAD && !tensor.bias()) {
        head = tensors.get(tensor.name());
      }
    }
    if (embedding != null && head != null && !same(embedding, head)) {
      throw RejectedCheckpointException.because(
          Rejection.UNSUPPORTED_CONFIG,
          "config.json ties the head to the embedding, and %s holds something else than %s; leave"
              + " it out, or set tie_word_embeddings to false",
          head.name(),
          embedding.name());
    }
  }

  private static boolean same(TensorEntry one, TensorEntry other) throws IOException {
    if (one.dtype() != other.dtype()) {
      return false;
    }
    TensorBlock ones = new TensorBlock();
    TensorBlock others = new TensorBlock();
    try (FileChannel first = FileChannel.open(one.file());
        FileChannel second = FileChannel.open(other.file())) {
      for (long from = 0; from < one.length(); from += TensorBlock.BYTES) {
        ByteBuffer block = ones.read(first, one, from);
        if (!block.equals(others.read(second, other, from))) {
          return false;
        }
      }
    }
    return true;
  }
}
