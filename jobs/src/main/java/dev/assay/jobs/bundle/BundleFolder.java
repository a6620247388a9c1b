package dev.assay.jobs.bundle;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.jobs.storage.FolderObjects;
import dev.assay.jobs.storage.NamedObjects;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.bundle.InputText;
import dev.assay.score.bundle.Manifest;
import dev.assay.score.bundle.Replay;
import dev.assay.score.bundle.UnknownVersionException;
import dev.assay.score.weights.ScoringInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.stream.Collectors;

/**
 * One evaluation's bundle as it is stored. Its manifest is written last and removed first: where it
 * is, the bundle is whole. A validator that sets the weights adds its own signed manifest, so that
 * several can vouch for one evaluation.
 *
 * @param objects the bundle's files, and no others
 */
public record BundleFolder(NamedObjects objects) {
  private static final long MOST_FILE_BYTES = 1L << 30;
  private static final long MOST_MANIFEST_BYTES = 1L << 20;
  private static final String ELSEWHERE =
      "get the bundle again, or ask the validator that published it";
  private static final Pattern SIGNED = Pattern.compile("manifest-(.+)\\.(?:txt|sig)");

  private static final Pattern DRAWN = Pattern.compile(Bundle.SAMPLES.formatted("(.+)"));

  /** A bundle in a folder of its own. */
  public BundleFolder(Path folder) {
    this(new FolderObjects(folder));
  }

  /** How a message names the bundle. */
  public String address() {
    return objects.address();
  }

  /** Writes the bundle in place of what a killed run may have left. */
  public void write(Bundle bundle) {
    objects.delete(Bundle.MANIFEST);
    objects.names().forEach(objects::delete);
    bundle.contents().forEach(objects::replace);
    objects.replace(Bundle.MANIFEST, bundle.manifest().toBytes());
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
    objects.replace(
        signatureOf(hotkey.account().ss58()), signature.getBytes(StandardCharsets.US_ASCII));
    objects.replace(manifestOf(hotkey.account().ss58()), bytes);
  }

  /** Whether there is one. */
  public boolean exists() {
    return objects.names().contains(Bundle.MANIFEST);
  }

  /** The unsigned manifest. */
  public Manifest manifest() {
    return parsed(Bundle.MANIFEST, MOST_MANIFEST_BYTES, Manifest::read);
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
    return objects.names().stream()
        .map(SIGNED::matcher)
        .filter(Matcher::matches)
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<byte[]> small(String name) {
    return objects.read(name, MOST_MANIFEST_BYTES);
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
    byte[] result = read(Bundle.RESULT, MOST_FILE_BYTES);
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

  /** The fingerprints in which near-copies were looked for; none where no policy asked. */
  public List<FingerprintRow> fingerprints() {
    return parsed(Bundle.FINGERPRINTS, content -> JsonLines.read(content, FingerprintRow.class));
  }

  /** A competition's samples, in the draw's order. */
  public List<SampleRow> samples(String competition) {
    String name = Bundle.SAMPLES.formatted(competition);
    if (!manifest().files().containsKey(name)) {
      throw new IllegalArgumentException(
          objects.address(name) + " is not in the bundle's manifest; " + ELSEWHERE);
    }
    return parsed(name, content -> JsonLines.read(content, SampleRow.class));
  }

  /** The samples of all competitions, each once, in the order of the competitions' names. */
  public List<SampleRow> samples() {
    return manifest().files().keySet().stream()
        .map(DRAWN::matcher)
        .filter(Matcher::matches)
        .flatMap(name -> samples(name.group(1)).stream())
        .distinct()
        .toList();
  }

  private boolean isWhole(String name, Manifest.FileDigest expected) {
    return objects
        .read(name, MOST_FILE_BYTES)
        .filter(content -> Manifest.FileDigest.of(content).equals(expected))
        .isPresent();
  }

  /** A file's content; where it is none, the error names the file and the next step. */
  private <T> T parsed(String name, Function<byte[], T> reader) {
    return parsed(name, MOST_FILE_BYTES, reader);
  }

  private <T> T parsed(String name, long mostBytes, Function<byte[], T> reader) {
    byte[] content = read(name, mostBytes);
    try {
      return reader.apply(content);
    } catch (UnknownVersionException other) {
      throw new IllegalArgumentException(objects.address(name) + ": " + other.getMessage(), other);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          objects.address(name) + ": " + malformed.getMessage() + "; " + ELSEWHERE, malformed);
    }
  }

  private byte[] read(String name, long mostBytes) {
    return objects
        .read(name, mostBytes)
        .orElseThrow(
            () ->
                new IllegalArgumentException(objects.address(name) + " is missing; " + ELSEWHERE));
  }

  private static String manifestOf(String hotkey) {
    return "manifest-" + hotkey + ".txt";
  }

  private static String signatureOf(String hotkey) {
    return "manifest-" + hotkey + ".sig";
  }
}
