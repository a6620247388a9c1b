package dev.assay.chain.yuma;

import java.util.List;

/**
 * The validators that count in an epoch, and by how much (run_epoch.rs, {@code epoch_mechanism},
 * from the active mask to the active stake).
 */
final class Standing {
  /** Updated within the activity cutoff. */
  final boolean[] active;

  /** The permits that hold in this epoch. */
  final boolean[] permits;

  /** The permits that hold after it. */
  final boolean[] newPermits;

  /** Shares of all stake above the threshold. */
  final long[] stake;

  /** Shares of the stake of active neurons with a permit. */
  final long[] activeStake;

  Standing(YumaInput input) {
    active = active(input);
    permits = permits(input);
    stake = stake(input);
    newPermits = FixedVector.topNonZero(stake, input.parameters().maxValidators());
    setOwner(input, newPermits);
    long[] ofActive = anyUpdateIsStored(input) ? FixedVector.keep(active, stake) : stake;
    activeStake = FixedVector.normalize(FixedVector.keep(permits, ofActive));
  }

  private static boolean[] active(YumaInput input) {
    boolean[] active = new boolean[input.neurons().size()];
    long oldest = input.block() - input.parameters().activityCutoff();
    for (int uid = 0; uid < active.length; uid++) {
      YumaNeuron neuron = input.neurons().get(uid);
      active[uid] = neuron.lastUpdate().isPresent() && neuron.lastUpdate().getAsLong() >= oldest;
    }
    return active;
  }

  /**
   * The pallet skips a mask of length zero, which a mechanism has before any weights are set
   * ({@code inplace_mask_vector}).
   */
  private static boolean anyUpdateIsStored(YumaInput input) {
    return input.neurons().stream().anyMatch(neuron -> neuron.lastUpdate().isPresent());
  }

  private static boolean[] permits(YumaInput input) {
    boolean[] permits = new boolean[input.neurons().size()];
    for (int uid = 0; uid < permits.length; uid++) {
      permits[uid] = input.neurons().get(uid).validatorPermit();
    }
    setOwner(input, permits);
    return permits;
  }

  private static void setOwner(YumaInput input, boolean[] permits) {
    if (input.ownerUid().isPresent() && input.ownerUid().getAsInt() < permits.length) {
      permits[input.ownerUid().getAsInt()] = true;
    }
  }

  /**
   * Stake below the threshold counts as none, except the owner's; the division is made in I64F64.
   */
  private static long[] stake(YumaInput input) {
    I64F64[] filtered = new I64F64[input.neurons().size()];
    I64F64 sum = I64F64.ZERO;
    for (int uid = 0; uid < filtered.length; uid++) {
      filtered[uid] = counts(input, uid) ? input.neurons().get(uid).stake() : I64F64.ZERO;
      sum = sum.plus(filtered[uid]);
    }
    I64F64 total = sum;
    return List.of(filtered).stream()
        .mapToLong(own -> own.safeDividedBy(total).toI32F32())
        .toArray();
  }

  private static boolean counts(YumaInput input, int uid) {
    boolean isOwner = input.ownerUid().isPresent() && input.ownerUid().getAsInt() == uid;
    long whole = input.neurons().get(uid).stake().toU64();
    return isOwner || Long.compareUnsigned(whole, input.parameters().stakeThreshold()) >= 0;
  }
}
