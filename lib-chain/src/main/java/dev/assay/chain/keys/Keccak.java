package dev.assay.chain.keys;

/**
 * The permutation Keccak-f[1600] on 25 lanes (FIPS 202, section 3). No library on the path offers
 * the bare permutation, which STROBE needs.
 */
final class Keccak {
  private static final int ROUNDS = 24;
  private static final long[] ROUND_CONSTANTS = roundConstants();
  private static final int[] ROTATIONS = new int[24];
  private static final int[] LANES = new int[24];

  static {
    // The walk over the lanes (x, y) -> (y, 2x + 3y) that rho and pi share.
    int x = 1;
    int y = 0;
    for (int t = 0; t < 24; t++) {
      LANES[t] = x + 5 * y;
      ROTATIONS[t] = (t + 1) * (t + 2) / 2 % 64;
      int next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
    }
  }

  private Keccak() {}

  static void permute(long[] state) {
    long[] parity = new long[5];
    for (int round = 0; round < ROUNDS; round++) {
      theta(state, parity);
      rhoAndPi(state);
      chi(state, parity);
      state[0] ^= ROUND_CONSTANTS[round];
    }
  }

  private static void theta(long[] state, long[] parity) {
    for (int x = 0; x < 5; x++) {
      parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
    }
    for (int x = 0; x < 5; x++) {
      long mix = parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
      for (int lane = x; lane < 25; lane += 5) {
        state[lane] ^= mix;
      }
    }
  }

  private static void rhoAndPi(long[] state) {
    long moving = state[LANES[0]];
    for (int t = 0; t < 24; t++) {
      int target = LANES[(t + 1) % 24];
      long displaced = state[target];
      state[target] = Long.rotateLeft(moving, ROTATIONS[t]);
      moving = displaced;
    }
  }

  private static void chi(long[] state, long[] row) {
    for (int start = 0; start < 25; start += 5) {
      System.arraycopy(state, start, row, 0, 5);
      for (int x = 0; x < 5; x++) {
        state[start + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
      }
    }
  }

  /** The constants come from the feedback register x⁸ + x⁶ + x⁵ + x⁴ + 1 (FIPS 202, 3.2.5). */
  private static long[] roundConstants() {
    long[] constants = new long[ROUNDS];
    int register = 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int j = 0; j <= 6; j++) {
        if ((register & 1) != 0) {
          constants[round] |= 1L << ((1 << j) - 1);
        }
        register = ((register << 1) ^ ((register >>> 7) * 0x171)) & 0xff;
      }
    }
    return constants;
  }
}
