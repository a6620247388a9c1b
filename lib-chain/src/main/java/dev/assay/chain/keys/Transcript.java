package dev.assay.chain.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A Merlin transcript (merlin.cool, version 1.0): what both sides of a proof agree on, in order.
 */
final class Transcript {
  private final Strobe strobe;

  Transcript(String label) {
    strobe = new Strobe(ascii("Merlin v1.0"));
    append("dom-sep", ascii(label));
  }

  private Transcript(Strobe strobe) {
    this.strobe = strobe;
  }

  Transcript copy() {
    return new Transcript(strobe.copy());
  }

  Transcript append(String label, byte[] message) {
    strobe.metaAssociatedData(ascii(label), false);
    strobe.metaAssociatedData(length(message.length), true);
    strobe.associatedData(message);
    return this;
  }

  byte[] challenge(String label, int length) {
    strobe.metaAssociatedData(ascii(label), false);
    strobe.metaAssociatedData(length(length), true);
    return strobe.pseudoRandom(length);
  }

  /**
   * Secret bytes bound to the transcript, to a long-term secret, and to fresh randomness: safe from
   * repetition as long as any of the three differs. Leaves the transcript as it is.
   */
  byte[] witness(String label, byte[] secret, byte[] randomness, int length) {
    Strobe random = strobe.copy();
    random.metaAssociatedData(ascii(label), false);
    random.metaAssociatedData(length(secret.length), true);
    random.key(secret);
    random.metaAssociatedData(ascii("rng"), false);
    random.key(randomness);
    random.metaAssociatedData(length(length), false);
    return random.pseudoRandom(length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array();
  }
}
