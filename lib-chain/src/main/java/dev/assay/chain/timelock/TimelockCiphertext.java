package dev.assay.chain.timelock;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A ciphertext as it lies on the chain (arkworks' compressed serialisation of the crate tle's
 * {@code TLECiphertext}; every length is a u64):
 *
 * <pre>
 * 96        U, a point of G2
 * 8 + 32    V
 * 8 + 32    W
 * 8 + n     the body: 8 + m sealed data, 8 + 12 nonce
 * 8 + 8     the name of the cipher, AES_GCM_
 * </pre>
 */
final class TimelockCiphertext {
  static final int KEY_LENGTH = 32;
  static final int NONCE_LENGTH = 12;

  private static final byte[] CIPHER = "AES_GCM_".getBytes(StandardCharsets.US_ASCII);

  final byte[] u;
  final byte[] v;
  final byte[] w;
  final byte[] sealed;
  final byte[] nonce;

  TimelockCiphertext(byte[] u, byte[] v, byte[] w, byte[] sealed, byte[] nonce) {
    this.u = u;
    this.v = v;
    this.w = w;
    this.sealed = sealed;
    this.nonce = nonce;
  }

  byte[] encode() {
    byte[] body = block(block(new ScaleWriter(), sealed), nonce).toByteArray();
    ScaleWriter wire = new ScaleWriter().bytes(u);
    return block(block(block(block(wire, v), w), body), CIPHER).toByteArray();
  }

  /**
   * Reads a ciphertext; bytes behind its end are ignored, as the runtime ignores them.
   *
   * @throws ScaleException if the bytes have another layout
   */
  static TimelockCiphertext decode(byte[] wire) {
    ScaleReader reader = new ScaleReader(wire);
    byte[] u = reader.bytes(Bls.PUBLIC_KEY_LENGTH);
    byte[] v = block(reader, KEY_LENGTH, "V");
    byte[] w = block(reader, KEY_LENGTH, "W");
    int bodyStart = reader.offset() + Long.BYTES;
    long bodyLength = reader.u64();
    byte[] sealed = block(reader);
    byte[] nonce = block(reader, NONCE_LENGTH, "the nonce");
    if (reader.offset() - bodyStart != bodyLength) {
      throw new ScaleException(
          bodyStart,
          "the body has "
              + (reader.offset() - bodyStart)
              + " bytes, its length says "
              + Long.toUnsignedString(bodyLength));
    }
    int cipherStart = reader.offset();
    if (!Arrays.equals(block(reader), CIPHER)) {
      throw new ScaleException(cipherStart, "the cipher is not AES_GCM_, the only one there is");
    }
    return new TimelockCiphertext(u, v, w, sealed, nonce);
  }

  private static ScaleWriter block(ScaleWriter writer, byte[] bytes) {
    return writer.u64(bytes.length).bytes(bytes);
  }

  private static byte[] block(ScaleReader reader, int length, String what) {
    int start = reader.offset();
    byte[] bytes = block(reader);
    if (bytes.length != length) {
      throw new ScaleException(start, what + " has " + length + " bytes, not " + bytes.length);
    }
    return bytes;
  }

  private static byte[] block(ScaleReader reader) {
    long length = reader.u64();
    if (Long.compareUnsigned(length, reader.remaining()) > 0) {
      throw reader.fail(
          "a length of "
              + Long.toUnsignedString(length)
              + " exceeds the "
              + reader.remaining()
              + " bytes left");
    }
    return reader.bytes((int) length);
  }
}
