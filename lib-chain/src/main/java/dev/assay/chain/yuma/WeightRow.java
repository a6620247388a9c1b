package dev.assay.chain.yuma;

import java.util.Arrays;

/** What the pallet does to a row of weights when it is set (math.rs). */
public final class WeightRow {
  private static final long U16_MAX = I32F32.of(0xffff);
  private static final long LARGE = I32F32.of(32768);

  private WeightRow() {}

  /**
   * The row scaled so that its greatest weight is 65535; a row of zeros stays ({@code
   * vec_u16_max_upscale_to_u16}).
   */
  public static int[] maxUpscale(int[] weights) {
    return maxUpscale(Arrays.stream(weights).mapToLong(I32F32::of).toArray());
  }

  /**
   * The same on shares that are not negative ({@code vec_max_upscale_to_u16}). A large maximum
   * divides first, so that the product fits.
   */
  static int[] maxUpscale(long[] shares) {
    long greatest = Arrays.stream(shares).max().orElse(0);
    if (greatest == 0) {
      return new int[shares.length];
    }
    return Arrays.stream(shares)
        .mapToInt(share -> I32F32.toU16(I32F32.round(upscaled(share, greatest))))
        .toArray();
  }

  private static long upscaled(long share, long greatest) {
    return greatest > LARGE
        ? I32F32.multiply(share, I32F32.safeDiv(U16_MAX, greatest))
        : I32F32.safeDiv(I32F32.multiply(share, U16_MAX), greatest);
  }

  /**
   * Whether no weight exceeds a share of their sum ({@code check_vec_max_limited}).
   *
   * @param limit the greatest share, a u16 share of 65535 (storage {@code MaxWeightsLimit})
   */
  public static boolean isWithinLimit(int[] weights, int limit) {
    long[] shares = FixedVector.normalize(Arrays.stream(weights).mapToLong(I32F32::of).toArray());
    return Arrays.stream(shares).max().orElse(0) <= I32F32.ofU16Proportion(limit);
  }
}
