package dev.assay.localnet.hub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Which files git-LFS carries: those of known binary kinds, and those that are big. */
final class LargeFiles {

  /** The largest file that travels inside the commit itself. */
  static final long MAX_REGULAR_BYTES = 10 << 20;

  private static final List<String> SUFFIXES =
      List.of(".safetensors", ".bin", ".gguf", ".h5", ".npz", ".onnx", ".pt", ".pth", ".zip");

  private static final List<String> SUFFIXES_OF_DATASETS =
      Stream.concat(SUFFIXES.stream(), Stream.of(".parquet", ".arrow")).toList();

  private LargeFiles() {}

  private static List<String> suffixes(RepositoryName name) {
    return name.dataset() ? SUFFIXES_OF_DATASETS : SUFFIXES;
  }

  static boolean isLarge(RepositoryName name, String path, long size) {
    return size > MAX_REGULAR_BYTES || suffixes(name).stream().anyMatch(path::endsWith);
  }

  /** The {@code .gitattributes} of a new repository, which says the same to git. */
  static byte[] gitAttributes(RepositoryName name) {
    StringBuilder lines = new StringBuilder();
    suffixes(name)
        .forEach(
            suffix ->
                lines.append('*').append(suffix).append(" filter=lfs diff=lfs merge=lfs -text\n"));
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
