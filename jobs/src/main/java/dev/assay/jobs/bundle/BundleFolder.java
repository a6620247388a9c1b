package dev.assay.jobs.bundle;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.bundle.InputText;
import dev.assay.score.bundle.Manifest;
import dev.assay.score.bundle.Replay;
import dev.assay.score.bundle.UnknownVersionException;
import dev.assay.score.weights.ScoringInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One evaluation's bundle on disk. The folder appears whole by one rename; a validator that sets
 * the weights adds its own signed manifest, so that several can vouch for one evaluation.
 *
 * @param path named by the evaluation's id
 */
public record BundleFolder(Path path) {
  private static final long MOST_FILE_BYTES = 1L << 30;
  private static final long MOST_MANIFEST_BYTES = 1L << 20;
  private static final String ELSEWHERE =
      "get the bundle again, or ask the validator that published it";
  private static final Pattern SIGNED = Pattern.compile("manifest-(.+)\\.(?:txt|sig)");

  /** The folder of one evaluation among all bundles. */
  public static BundleFolder of(String bundles, String evaluation) {
    return new BundleFolder(Path.of(bundles).toAbsolutePath().normalize().resolve(evaluation));
  }

  /** Writes the bundle in place of what a killed run may have left. */
  public void write(Bundle bundle) {
    Path draft = path.resolveSibling("." + path.getFileName() + ".draft");
    try {
      delete(draft);
      Files.createDirectories(draft);
      for (Map.Entry<String, byte[]> file : bundle.contents().entrySet()) {
        DurableStep.next("write " + file.getKey());
        Files.write(draft.resolve(file.getKey()), file.getValue());
      }
      DurableStep.next("write " + Bundle.MANIFEST);
      Files.write(draft.resolve(Bundle.MANIFEST), bundle.manifest().toBytes());
      delete(path);
      DurableStep.next("move to " + path);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          path + " cannot be written; give paths.bundles a writable folder", unwritable);
    }
  }

  /**
   * Adds a validator's manifest: the evaluation's facts and its own, over the same files, signed
   * with the hotkey in Substrate's context.
   *
   * @param facts about the weight-setting: extrinsic, block, finality
   */
  public void sign(Signer hotkey, Map<String, String> facts) {
    Manifest manifest = manifest();
    SortedMap<String, String> all = new TreeMap<>(manifest.facts());
    all.putAll(facts);
    byte[] bytes = new Manifest(all, manifest.files()).toBytes();
    String signature = HexFormat.of().formatHex(hotkey.sign(bytes)) + "\n";
    // The signature first: where the manifest is, its signature is, too.
    replace(signatureOf(hotkey.account().ss58()), signature.getBytes(StandardCharsets.US_ASCII));
    replace(manifestOf(hotkey.account().ss58()), bytes);
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(path.resolve(Bundle.MANIFEST));
  }

  /** The unsigned manifest. */
  public Manifest manifest() {
    small(Bundle.MANIFEST);
    return parsed(Bundle.MANIFEST, Manifest::read);
  }

  /** What a validator vouches for, or what is wrong with it; empty if it has signed nothing. */
  public Optional<BundleVoucher> signedBy(AccountId hotkey) {
    return vouchers().stream()
        .filter(voucher -> voucher.hotkey().equals(hotkey.ss58()))
        .findFirst();
  }

  /** Every validator that vouches for the bundle, or seems to, by hotkey; each is verified. */
  public List<BundleVoucher> vouchers() {
    Manifest bundle = manifest();
    return signers().stream()
        .map(
            hotkey ->
                BundleVoucher.of(
                    hotkey, small(manifestOf(hotkey)), small(signatureOf(hotkey)), bundle))
        .toList();
  }

  private SortedSet<String> signers() {
    SortedSet<String> signers = new TreeSet<>();
    try (Stream<Path> files = Files.list(path)) {
      files
          .map(file -> SIGNED.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .forEach(name -> signers.add(name.group(1)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path + " cannot be listed; check its permissions", unreadable);
    }
    return signers;
  }

  private Optional<byte[]> small(String name) {
    Path file = path.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file) || file.toFile().length() > MOST_MANIFEST_BYTES) {
      throw new IllegalArgumentException(
          file + " is not a file of at most " + MOST_MANIFEST_BYTES + " bytes; remove it");
    }
    return Optional.of(read(name));
  }

  /**
   * Compares every file with the manifest.
   *
   * @return the names of files that are missing or differ; empty for a sound bundle
   */
  public List<String> damaged() {
    return manifest().files().entrySet().stream()
        .filter(file -> !isWhole(file.getKey(), file.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Scores the recorded input again; the first line that differs from the recorded result. */
  public Optional<Replay.Difference> replay() {
    byte[] result = read(Bundle.RESULT);
    return parsed(Bundle.INPUT, input -> Replay.firstDifference(input, result));
  }

  /** What scoring was given. */
  public ScoringInput input() {
    return parsed(Bundle.INPUT, InputText::read);
  }

  /** What was configured. */
  public BundleConfiguration configuration() {
    return parsed(Bundle.CONFIGURATION, content -> BundleConfiguration.of(JsonLines.tree(content)));
  }

  /** What became of every commitment. */
  public List<VerdictRow> verdicts() {
    return parsed(Bundle.VERDICTS, content -> JsonLines.read(content, VerdictRow.class));
  }

  /** The losses of all models. */
  public List<LossRow> losses() {
    return parsed(Bundle.LOSSES, content -> JsonLines.read(content, LossRow.class));
  }

  /** A competition's samples, in the draw's order. */
  public List<SampleRow> samples(String competition) {
    String name = Bundle.SAMPLES.formatted(competition);
    if (!manifest().files().containsKey(name)) {
      throw new IllegalArgumentException(
          path.resolve(name) + " is not in the bundle's manifest; " + ELSEWHERE);
    }
    return parsed(name, content -> JsonLines.read(content, SampleRow.class));
  }

  private boolean isWhole(String name, Manifest.FileDigest expected) {
    return Files.isRegularFile(path.resolve(name))
        && Manifest.FileDigest.of(read(name)).equals(expected);
  }

  /** A file's content; where it is none, the error names the file and the next step. */
  private <T> T parsed(String name, Function<byte[], T> reader) {
    byte[] content = read(name);
    try {
      return reader.apply(content);
    } catch (UnknownVersionException other) {
      throw new IllegalArgumentException(path.resolve(name) + ": " + other.getMessage(), other);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          path.resolve(name) + ": " + malformed.getMessage() + "; " + ELSEWHERE, malformed);
    }
  }

  private byte[] read(String name) {
    Path file = path.resolve(name);
    try {
      if (Files.size(file) > MOST_FILE_BYTES) {
        throw new IllegalArgumentException(
            "%s has %d bytes; a bundle's files have at most %d: %s"
                .formatted(file, Files.size(file), MOST_FILE_BYTES, ELSEWHERE));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException(file + " is missing; " + ELSEWHERE, missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          file + " cannot be read; check that it is a file and its permissions", unreadable);
    }
  }

  private void replace(String name, byte[] content) {
    Path draft = path.resolve("." + name + ".draft");
    try {
      DurableStep.next("write " + draft);
      Files.write(draft, content);
      DurableStep.next("move to " + path.resolve(name));
      Files.move(
          draft,
          path.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          path.resolve(name) + " cannot be written; give paths.bundles a writable folder",
          unwritable);
    }
  }

  private static String manifestOf(String hotkey) {
    return "manifest-" + hotkey + ".txt";
  }

  private static String signatureOf(String hotkey) {
    return "manifest-" + hotkey + ".sig";
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        DurableStep.next("delete " + each);
        Files.delete(each);
      }
    }
  }
}
