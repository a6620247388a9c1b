package dev.assay.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Loads a tokenizer and encodes with it in a process that may die: native code that panics ends its
 * process, and no list of steps can promise that it never does. Each content is tried once in the
 * life of the caller's process.
 */
public final class TokenizerTrial {
  private static final int PROCESSOR_SECONDS = 10;
  private static final int ADDRESS_SPACE_KB = 2_000_000;
  private static final int WALL_SECONDS = 120;
  private static final String READY = "ready";
  private static final String LOADED = "loaded";
  private static final String REFUSED = "refused ";

  private static final String PROBE =
      "Ünder the 世界, 12345 it's\r\n\n\t  <|end|><s>[INST]😀 ab ABab e\u0301ﬁ① \u0000\u2028 x"
          + " ".repeat(500)
          + "aB1.".repeat(500);

  /** What the child takes over: where native libraries are, never a secret. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "DJL_CACHE_DIR", "DJL_OFFLINE");

  private static final Set<String> PROPERTIES =
      Set.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR", "RUST_FLAVOR", "java.io.tmpdir", "user.home");

  private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();

  private TokenizerTrial() {}

  /**
   * Refuses a tokenizer that cannot be loaded and used within 10 s of processor time and 2 GB of
   * address space.
   *
   * @throws IOException if no process can be started, or the machine gives it no time
   */
  static void require(byte[] json) throws RejectedCheckpointException, IOException {
    String digest = TokenizerGate.digest(json);
    if (PASSED.contains(digest) || digest.equals(ByteTokenizer.digest())) {
      return;
    }
    Process process = start();
    String answer;
    try {
      give(process, json);
      if (!process.waitFor(WALL_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "the trial of tokenizer.json got no verdict in " + WALL_SECONDS + " s; try again");
      }
      answer = new String(process.getInputStream().readNBytes(1 << 14), StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while tokenizer.json was tried", e);
    } finally {
      process.destroyForcibly();
    }
    judge(answer, process.exitValue());
    PASSED.add(digest);
  }

  private static void judge(String answer, int exit)
      throws RejectedCheckpointException, IOException {
    List<String> lines = answer.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(READY)) {
      throw new IOException(
          "the process in which tokenizers are tried does not start here (exit code " + exit + ")");
    }
    String verdict = lines.size() < 2 ? "" : lines.get(1);
    if (verdict.equals(LOADED)) {
      return;
    }
    if (verdict.startsWith(REFUSED)) {
      throw new RejectedCheckpointException(
          Rejection.MALFORMED_TOKENIZER,
          "tokenizer.json cannot be loaded: " + verdict.substring(REFUSED.length()));
    }
    throw new RejectedCheckpointException(
        Rejection.TOKENIZER_NOT_ALLOWED,
        "tokenizer.json ends the process that loads it (exit code %d, within %d s of processor time"
                .formatted(exit, PROCESSOR_SECONDS)
            + " and 2 GB); use the competition's tokenizer");
  }

  private static Process start() throws IOException {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("ai.djl.") || PROPERTIES.contains(name))
        .sorted()
        .forEach(name -> java.add("-D" + name + "=" + System.getProperty(name)));
    java.addAll(List.of("-cp", classPath(), TokenizerTrial.class.getName()));
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "ulimit -c 0; ulimit -t %d; ulimit -v %d; exec \"$@\""
                    .formatted(PROCESSOR_SECONDS, ADDRESS_SPACE_KB),
                "tokenizer"));
    command.addAll(java);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put("RAYON_NUM_THREADS", "1");
    environment.put("TOKENIZERS_PARALLELISM", "false");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Where these classes are, also where a class loader of Spark's own has found them. */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> needed : List.of(TokenizerTrial.class, HuggingFaceTokenizer.class)) {
      CodeSource source = needed.getProtectionDomain().getCodeSource();
      if (source != null && source.getLocation().getProtocol().equals("file")) {
        places.add(Path.of(java.net.URI.create(source.getLocation().toString())).toString());
      }
    }
    places.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, places);
  }

  private static void give(Process process, byte[] json) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(json);
    } catch (IOException died) {
      // The verdict says what it died of.
    }
  }

  /** The child: reads a tokenizer.json from standard input, tries it, and tells. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Tokenizer.load(ByteTokenizer.json()).close();
    out.println(READY);
    byte[] json = System.in.readAllBytes();
    try (HuggingFaceTokenizer tokenizer = Tokenizer.load(json)) {
      tokenizer.encode(PROBE, false, false);
      out.println(LOADED);
    } catch (RuntimeException e) {
      out.println(REFUSED + TokenizerFile.printable(e.getMessage()));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }
}
