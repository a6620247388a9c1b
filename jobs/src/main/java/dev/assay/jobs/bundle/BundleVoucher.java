package dev.assay.jobs.bundle;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Sr25519;
import dev.assay.score.bundle.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A validator that vouches for a bundle by a signed manifest of its own.
 *
 * @param hotkey SS58 address that the manifest's name claims; whoever made the bundle chose it
 * @param facts what is vouched for: the evaluation's facts and those of the weight-setting; empty
 *     beside a problem
 * @param problem why nothing is vouched for; empty for a sound signature
 */
public record BundleVoucher(
    String hotkey, SortedMap<String, String> facts, Optional<String> problem) {
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

  public BundleVoucher {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  private static BundleVoucher unfounded(String hotkey, String problem) {
    return new BundleVoucher(hotkey, new TreeMap<>(), Optional.of(problem));
  }

  /**
   * Verifies a signed manifest.
   *
   * @param manifest its bytes, empty where the file is missing
   * @param signature the file's text, empty where it is missing
   * @param bundle the manifest that every signed one repeats
   */
  static BundleVoucher of(
      String hotkey, Optional<byte[]> manifest, Optional<byte[]> signature, Manifest bundle) {
    if (manifest.isEmpty()) {
      return unfounded(hotkey, "the manifest that was signed is missing");
    }
    if (signature.isEmpty()) {
      return unfounded(hotkey, "the manifest's signature is missing");
    }
    if (!isSigned(hotkey, manifest.get(), signature.get())) {
      return unfounded(hotkey, "the manifest's signature is not this hotkey's");
    }
    try {
      return vouched(hotkey, Manifest.read(manifest.get()), bundle);
    } catch (IllegalArgumentException malformed) {
      return unfounded(hotkey, "what was signed is not a manifest: " + malformed.getMessage());
    }
  }

  private static BundleVoucher vouched(String hotkey, Manifest signed, Manifest bundle) {
    if (!signed.files().equals(bundle.files())) {
      return unfounded(hotkey, "what was signed are other files");
    }
    for (Map.Entry<String, String> fact : bundle.facts().entrySet()) {
      if (!fact.getValue().equals(signed.facts().get(fact.getKey()))) {
        return unfounded(hotkey, "what was signed has another " + fact.getKey());
      }
    }
    return new BundleVoucher(hotkey, signed.facts(), Optional.empty());
  }

  private static boolean isSigned(String hotkey, byte[] manifest, byte[] signature) {
    String digits = new String(signature, StandardCharsets.US_ASCII).strip();
    try {
      return SIGNATURE.matcher(digits).matches()
          && Sr25519.verify(AccountId.fromSs58(hotkey), manifest, HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
