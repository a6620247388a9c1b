package dev.assay.localnet.hub;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which files git-LFS carries: those of known binary kinds, and those that are big. */
final class LargeFiles {

  /** The largest file that travels inside the commit itself. */
  static final long MAX_REGULAR_BYTES = 10 << 20;

  private static final List<String> SUFFIXES =
      List.of(".safetensors", ".bin", ".gguf", ".h5", ".npz", ".onnx", ".pt", ".pth", ".zip");

  private LargeFiles() {}

  static boolean isLarge(String path, long size) {
    return size > MAX_REGULAR_BYTES || SUFFIXES.stream().anyMatch(path::endsWith);
  }

  /** The {@code .gitattributes} of a new repository, which says the same to git. */
  static byte[] gitAttributes() {
    StringBuilder lines = new StringBuilder();
    SUFFIXES.forEach(
        suffix ->
            lines.append('*').append(suffix).append(" filter=lfs diff=lfs merge=lfs -text\n"));
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
