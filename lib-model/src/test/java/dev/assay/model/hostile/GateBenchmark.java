package dev.assay.model.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointBuilder;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerGate;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Prints what the gate costs: the slowest and the largest verdict over the corpus, and how fast
 * weights are inspected and hashed, in a JVM of 256 MB to see that it suffices; or, told {@code
 * tokenizers} and given more, what it costs to load the largest tokenizers that it lets through:
 *
 * <pre>mvn -pl lib-model test-compile exec:exec@gate-benchmark exec:exec@tokenizer-benchmark</pre>
 */
final class GateBenchmark {
  private GateBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("assay-gate");
    try {
      if (List.of(arguments).contains("tokenizers")) {
        tokenizers(root.resolve("tokenizer.json"));
      } else {
        corpus(root);
        throughput(root.resolve("large"));
      }
    } finally {
      delete(root);
    }
  }

  private static void corpus(Path root) throws Exception {
    List<HostileCheckpoint> cases = HostileCheckpoint.all().toList();
    double slowest = 0;
    String slowestName = "";
    long largest = 0;
    String largestName = "";
    ResidentMemory.resetPeak();
    for (HostileCheckpoint checkpoint : cases) {
      Path directory = Files.createDirectory(root.resolve("case"));
      checkpoint.writer().write(directory);
      System.gc();
      pools().forEach(MemoryPoolMXBean::resetPeakUsage);
      long before = System.nanoTime();
      verdict(directory);
      double seconds = (System.nanoTime() - before) / 1e9;
      long bytes = pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      if (seconds > slowest) {
        slowest = seconds;
        slowestName = checkpoint.name();
      }
      if (bytes > largest) {
        largest = bytes;
        largestName = checkpoint.name();
      }
      delete(directory);
    }
    print("%d verdicts", cases.size());
    print("slowest: %.3f s (%s)", slowest, slowestName);
    print("largest heap: %.1f MB (%s)", largest / 1e6, largestName);
    print("the process, at its largest: %.0f MB", ResidentMemory.peak() / 1e6);
  }

  /** What native code needs beside the heap for a tokenizer that the gate has let through. */
  private static void tokenizers(Path file) throws Exception {
    print("tokenizers as large as the gate lets through: gate, load and encode 100 kB, memory");
    String text = "the quick brown fox jumps over a lazy dog ".repeat(2400);
    for (Map.Entry<String, Consumer<ObjectNode>> each : LargestTokenizers.all().entrySet()) {
      LargestTokenizers.write(file, each.getValue());
      System.gc();
      long occupied = ResidentMemory.bytes();
      ResidentMemory.resetPeak();
      long start = System.nanoTime();
      TokenizerGate.require(file, Set.of(), TokenizerLimits.defaults());
      long passed = System.nanoTime();
      try (Tokenizer tokenizer = Tokenizer.open(file, TokenizerLimits.defaults())) {
        tokenizer.encode(text);
      }
      print(
          "  %5.2f s  %5.2f s  %5.0f MB  %s",
          (passed - start) / 1e9,
          (System.nanoTime() - passed) / 1e9,
          (ResidentMemory.peak() - occupied) / 1e6,
          each.getKey());
    }
  }

  private static void verdict(Path directory) throws IOException {
    try {
      HostileCheckpoint.pass(directory);
    } catch (RejectedCheckpointException e) {
      // The test looks at the reason; here only the cost counts.
      print("  %s", e.rejection());
    }
  }

  private static void throughput(Path directory) throws Exception {
    CheckpointBuilder.write(
        directory,
        CheckpointBuilder.llama()
            .put("vocab_size", 32_000)
            .put("hidden_size", 768)
            .put("intermediate_size", 2048)
            .put("num_attention_heads", 12)
            .put("num_key_value_heads", 4)
            .put("num_hidden_layers", 4));
    Checkpoint checkpoint = Checkpoint.open(directory, CheckpointLimits.defaults());
    double inspection = Double.MAX_VALUE;
    double hashing = Double.MAX_VALUE;
    double projection = Double.MAX_VALUE;
    for (int round = 0; round < 7; round++) {
      long start = processorTime();
      checkpoint.inspect(NormLimits.original());
      long middle = processorTime();
      checkpoint.digest();
      inspection = Math.min(inspection, (middle - start) / 1e9);
      long end = processorTime();
      checkpoint.fingerprint(new byte[32]);
      hashing = Math.min(hashing, (end - middle) / 1e9);
      projection = Math.min(projection, (processorTime() - end) / 1e9);
    }
    double gigabytes = checkpoint.bytes() / 1e9;
    print("%.2f GB of F32 weights, best of 7, by processor time of one thread", gigabytes);
    print("inspected for NaN and norms: %.2f GB/s", gigabytes / inspection);
    print("hashed: %.2f GB/s", gigabytes / hashing);
    print("fingerprinted: %.2f GB/s", gigabytes / projection);
  }

  /** Of this thread, in nanoseconds, so that what else the machine does does not count. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Stream<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
