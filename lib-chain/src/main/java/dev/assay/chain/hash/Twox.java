package dev.assay.chain.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * xxHash64 with the seeds 0, 1, 2 … one after the other, little-endian, as Substrate's twox hashes
 * chain it. The algorithm and its five primes are from the xxHash specification
 * (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
 */
public final class Twox {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private Twox() {}

  /** The 8 bytes of twox_64. */
  public static byte[] twox64(byte[] input) {
    return chained(input, 1);
  }

  /** The 16 bytes of twox_128. */
  public static byte[] twox128(byte[] input) {
    return chained(input, 2);
  }

  /** The 16 bytes of twox_128 of a pallet's or an item's name. */
  public static byte[] twox128(String name) {
    return twox128(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The 32 bytes of twox_256. */
  public static byte[] twox256(byte[] input) {
    return chained(input, 4);
  }

  private static byte[] chained(byte[] input, int rounds) {
    byte[] output = new byte[8 * rounds];
    for (int seed = 0; seed < rounds; seed++) {
      LONG.set(output, 8 * seed, xxHash64(input, seed));
    }
    return output;
  }

  private static long xxHash64(byte[] input, long seed) {
    int offset = 0;
    long hash;
    if (input.length >= 32) {
      long a = seed + P1 + P2;
      long b = seed + P2;
      long c = seed;
      long d = seed - P1;
      for (; offset <= input.length - 32; offset += 32) {
        a = round(a, (long) LONG.get(input, offset));
        b = round(b, (long) LONG.get(input, offset + 8));
        c = round(c, (long) LONG.get(input, offset + 16));
        d = round(d, (long) LONG.get(input, offset + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    } else {
      hash = seed + P5;
    }
    return avalanche(tail(input, offset, hash + input.length));
  }

  private static long tail(byte[] input, int start, long hash) {
    int offset = start;
    long mixed = hash;
    for (; offset <= input.length - 8; offset += 8) {
      mixed = Long.rotateLeft(mixed ^ round(0, (long) LONG.get(input, offset)), 27) * P1 + P4;
    }
    if (offset <= input.length - 4) {
      mixed =
          Long.rotateLeft(mixed ^ (((int) INT.get(input, offset) & 0xffffffffL) * P1), 23) * P2
              + P3;
      offset += 4;
    }
    for (; offset < input.length; offset++) {
      mixed = Long.rotateLeft(mixed ^ ((input[offset] & 0xff) * P5), 11) * P1;
    }
    return mixed;
  }

  private static long round(long accumulator, long lane) {
    return Long.rotateLeft(accumulator + lane * P2, 31) * P1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * P1 + P4;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * P2;
    mixed = (mixed ^ (mixed >>> 29)) * P3;
    return mixed ^ (mixed >>> 32);
  }
}
