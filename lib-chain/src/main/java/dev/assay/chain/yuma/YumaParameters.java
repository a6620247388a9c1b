package dev.assay.chain.yuma;

import java.util.Optional;

/**
 * A subnet's hyperparameters as far as an epoch reads them, in the units of their storage items.
 *
 * @param tempo blocks between epochs ({@code Tempo})
 * @param activityCutoff blocks without an update after which a validator's stake stops counting; on
 *     a chain {@link #activityCutoff(long, int)}
 * @param kappa the majority that consensus needs, a u16 share of 65535 ({@code Kappa})
 * @param bondsMovingAverage how much of the old bonds stays, in millionths ({@code
 *     BondsMovingAverage})
 * @param bondsPenalty how far weights above consensus are cut before they become bonds, a u16 share
 *     of 65535 ({@code BondsPenalty})
 * @param maxValidators how many permits there are ({@code MaxAllowedValidators})
 * @param stakeThreshold the stake, a u64, below which a neuron counts as having none ({@code
 *     StakeThreshold})
 * @param commitReveal whether weights are committed before they are revealed ({@code
 *     CommitRevealWeightsEnabled})
 * @param yuma3 whether bonds are kept for each pair rather than shared out by column ({@code
 *     Yuma3On})
 * @param liquidAlpha the variable rate of bonds, present when {@code LiquidAlphaOn}; only Yuma 3
 *     looks at it
 */
public record YumaParameters(
    int tempo,
    long activityCutoff,
    int kappa,
    long bondsMovingAverage,
    int bondsPenalty,
    int maxValidators,
    long stakeThreshold,
    boolean commitReveal,
    boolean yuma3,
    Optional<LiquidAlpha> liquidAlpha) {

  public YumaParameters {
    requireU16("tempo", tempo);
    requireU16("kappa", kappa);
    requireU16("bonds penalty", bondsPenalty);
    requireU16("number of validators", maxValidators);
    YumaInput.requireBlocks("activity cutoff", activityCutoff);
  }

  /**
   * The activity cutoff in blocks (misc.rs, {@code get_activity_cutoff_blocks}): at least 1.
   *
   * @param factorMilli the cutoff in thousandths of a tempo, a u32 (storage {@code
   *     ActivityCutoffFactorMilli})
   */
  public static long activityCutoff(long factorMilli, int tempo) {
    return Math.max(1, factorMilli * tempo / 1000);
  }

  private static void requireU16(String name, int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException("The " + name + " is " + value + "; a u16 is 0 to 65535.");
    }
  }
}
