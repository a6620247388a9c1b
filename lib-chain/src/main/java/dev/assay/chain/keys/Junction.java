package dev.assay.chain.keys;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.ScaleWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One step of a derivation path: {@code //hard} or {@code /soft}, with its chain code. */
record Junction(String name, boolean hard) {
  private static final Pattern STEP = Pattern.compile("(//?)([^/]+)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
  private static final int CHAIN_CODE_LENGTH = 32;

  /** The steps of a path such as {@code //Alice/2}; an empty path has none. */
  static List<Junction> path(String path) {
    List<Junction> junctions = new ArrayList<>();
    Matcher step = STEP.matcher(path);
    int end = 0;
    while (step.find()) {
      if (step.start() != end) {
        break;
      }
      junctions.add(new Junction(step.group(2), step.group(1).length() == 2));
      end = step.end();
    }
    if (end != path.length()) {
      throw new IllegalArgumentException(
          "the derivation path breaks at character " + (end + 1) + "; write //hard or /soft");
    }
    return junctions;
  }

  /** 32 bytes: a number as u64, a text as SCALE writes it, hashed where it is longer. */
  byte[] chainCode() {
    ScaleWriter writer = new ScaleWriter();
    if (NUMBER.matcher(name).matches() && new BigInteger(name).bitLength() <= 64) {
      writer.u64(Long.parseUnsignedLong(name));
    } else {
      writer.string(name);
    }
    byte[] code = writer.toByteArray();
    return code.length > CHAIN_CODE_LENGTH
        ? Blake2.blake2b256(code)
        : Arrays.copyOf(code, CHAIN_CODE_LENGTH);
  }
}
