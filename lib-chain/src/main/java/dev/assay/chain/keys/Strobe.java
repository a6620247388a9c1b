package dev.assay.chain.keys;

import java.nio.charset.StandardCharsets;

/**
 * The part of STROBE-128 that Merlin uses (strobe.sourceforge.io/specs, version 1.0.2): associated
 * data, keying, and pseudo-random output over Keccak-f[1600] with a rate of 166 bytes.
 */
final class Strobe {
  private static final int RATE = 166;
  private static final int FLAG_INBOUND = 1;
  private static final int FLAG_APPLICATION = 2;
  private static final int FLAG_CIPHER = 4;
  private static final int FLAG_META = 16;

  private final long[] state;
  private int position;
  private int begin;

  Strobe(byte[] protocol) {
    state = new long[25];
    byte[] domain = "STROBEv1.0.2".getBytes(StandardCharsets.US_ASCII);
    byte[] head = {1, (byte) (RATE + 2), 1, 0, 1, 12 * 8};
    for (int i = 0; i < head.length; i++) {
      xor(i, head[i]);
    }
    for (int i = 0; i < domain.length; i++) {
      xor(head.length + i, domain[i]);
    }
    Keccak.permute(state);
    metaAssociatedData(protocol, false);
  }

  private Strobe(Strobe other) {
    state = other.state.clone();
    position = other.position;
    begin = other.begin;
  }

  Strobe copy() {
    return new Strobe(this);
  }

  void metaAssociatedData(byte[] data, boolean more) {
    start(FLAG_META | FLAG_APPLICATION, more);
    absorb(data);
  }

  void associatedData(byte[] data) {
    start(FLAG_APPLICATION, false);
    absorb(data);
  }

  void key(byte[] data) {
    start(FLAG_APPLICATION | FLAG_CIPHER, false);
    for (byte each : data) {
      set(position, each);
      advance();
    }
  }

  byte[] pseudoRandom(int length) {
    start(FLAG_INBOUND | FLAG_APPLICATION | FLAG_CIPHER, false);
    byte[] output = new byte[length];
    for (int i = 0; i < length; i++) {
      output[i] = at(position);
      set(position, (byte) 0);
      advance();
    }
    return output;
  }

  private void start(int flags, boolean more) {
    if (more) {
      return;
    }
    int previous = begin;
    begin = position + 1;
    absorb(new byte[] {(byte) previous, (byte) flags});
    if ((flags & FLAG_CIPHER) != 0 && position != 0) {
      permute();
    }
  }

  private void absorb(byte[] data) {
    for (byte each : data) {
      xor(position, each);
      advance();
    }
  }

  private void advance() {
    position++;
    if (position == RATE) {
      permute();
    }
  }

  private void permute() {
    xor(position, (byte) begin);
    xor(position + 1, (byte) 4);
    xor(RATE + 1, (byte) 0x80);
    Keccak.permute(state);
    position = 0;
    begin = 0;
  }

  private byte at(int index) {
    return (byte) (state[index / 8] >>> (8 * (index % 8)));
  }

  private void set(int index, byte value) {
    xor(index, (byte) (at(index) ^ value));
  }

  private void xor(int index, byte value) {
    state[index / 8] ^= (value & 0xffL) << (8 * (index % 8));
  }
}
