package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Hash;
import java.util.Optional;
import java.util.Set;

/** What became of an extrinsic. */
public sealed interface Outcome {
  /** The extrinsic's hash. */
  Hash extrinsic();

  /**
   * The block that included it, for a caller that can't go on without.
   *
   * @param what the call and its signer, as an error names them
   * @throws IllegalStateException if it failed or its fate is unknown
   */
  default Included orThrow(String what) {
    if (this instanceof Included included) {
      return included;
    }
    throw new IllegalStateException(what + ": " + this);
  }

  /** Whether the chain included and executed it. */
  default boolean succeeded() {
    return this instanceof Included;
  }

  /**
   * A block included it, and it was executed. Unless finality was awaited ({@link Patience}), a
   * fork may still replace the block.
   *
   * @param number the block's height
   * @param index the extrinsic's place in the block, from 0
   */
  record Included(Hash extrinsic, Hash block, long number, int index) implements Outcome {}

  /**
   * It had no effect and never will have, but for a fee where a block included it.
   *
   * @param error {@code Pallet.Error} of a dispatch that failed, {@code pool} and a code, {@link
   *     #EXPIRED}, {@link #OUTDATED}, or {@link #NONCE_TAKEN}
   * @param words the node's or ours
   * @param where the block that included it, if one did
   */
  record Failed(Hash extrinsic, String error, String words, Optional<Included> where)
      implements Outcome {
    /** Another extrinsic of the account has used its nonce: the call may be signed again. */
    public static final String NONCE_TAKEN = "nonce taken";

    /** The last block of its era is final and none holds it: the call may be signed again. */
    public static final String EXPIRED = "expired";

    /**
     * What it was signed for is no longer so in a final block, the runtime or the block of its
     * birth, and none holds it: the call may be signed again.
     */
    public static final String OUTDATED = "outdated";

    private static final Set<String> LOST = Set.of(NONCE_TAKEN, EXPIRED, OUTDATED);

    /** Whether it is certain that no block ever includes it, so that the call may be sent again. */
    public boolean isLost() {
      return LOST.contains(error);
    }
  }

  /**
   * It may or may not take effect: the node could not be asked, or not long enough. Until {@code
   * lastBlock} has passed, only its hash in a block can tell.
   *
   * @param known what is known
   */
  record Unknown(Hash extrinsic, String known, long lastBlock) implements Outcome {}
}
