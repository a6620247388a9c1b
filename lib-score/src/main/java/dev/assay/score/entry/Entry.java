package dev.assay.score.entry;

import dev.assay.score.Limits;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One hotkey's commitment in one competition.
 *
 * @param uid the UID that the hotkey holds, 0 to 65535
 * @param hotkey the hotkey's SS58 address
 * @param registrationBlock the block at which the hotkey got this UID
 * @param block the block that holds the commitment
 * @param extrinsicIndex the commitment's place in that block, where it was looked up
 * @param digest digest of the model's content (under the original's rule the committed hash); empty
 *     while nothing is known of the content
 */
public record Entry(
    int uid,
    String hotkey,
    long registrationBlock,
    long block,
    OptionalInt extrinsicIndex,
    Optional<String> digest) {
  public Entry {
    Objects.requireNonNull(hotkey, "hotkey");
    Objects.requireNonNull(extrinsicIndex, "extrinsicIndex");
    Objects.requireNonNull(digest, "digest");
    Limits.between("uid", uid, 0, Limits.MAX_UID);
    Limits.atLeast("registrationBlock of " + hotkey, registrationBlock, 0);
    Limits.atLeast("block of " + hotkey, block, 0);
    if (extrinsicIndex.isPresent()) {
      Limits.atLeast("extrinsicIndex of " + hotkey, extrinsicIndex.getAsInt(), 0);
    }
    if (digest.isPresent() && digest.get().isEmpty()) {
      throw new IllegalArgumentException(
          "digest of " + hotkey + ": is empty text; leave it out while it is unknown");
    }
  }

  /** An entry of which no registration block and no extrinsic index is known. */
  public static Entry of(int uid, String hotkey, long block, String digest) {
    return new Entry(uid, hotkey, 0, block, OptionalInt.empty(), Optional.of(digest));
  }

  /**
   * The block from which the entry counts: a commitment that is older than its hotkey's
   * registration counts from the registration, so that no key returns with its old place.
   */
  public long standsSince() {
    return Math.max(block, registrationBlock);
  }

  /**
   * What evidence knows the model by: its digest, or its place on the chain where that is unknown.
   */
  public String model() {
    return digest.orElse(hotkey + "@" + block);
  }

  /** The registration that the entry belongs to. */
  public Registration registration() {
    return new Registration(uid, hotkey, registrationBlock);
  }
}
