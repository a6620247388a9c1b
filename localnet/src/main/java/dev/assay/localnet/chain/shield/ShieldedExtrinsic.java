package dev.assay.localnet.chain.shield;

import dev.assay.chain.hash.Twox;
import dev.assay.chain.scale.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What {@code MevShield.submit_encrypted} carries: an extrinsic encrypted to one block's author.
 *
 * @param keyHash the xxHash-128 of the key that it is encrypted to
 * @param encapsulation the ML-KEM-768 ciphertext of the secret
 * @param nonce of XChaCha20-Poly1305, 24 bytes
 * @param sealed the extrinsic under the secret
 */
public record ShieldedExtrinsic(Bytes keyHash, Bytes encapsulation, Bytes nonce, Bytes sealed) {
  private static final int KEY_HASH = 16;
  private static final int NONCE = 24;

  /** Reads the parts: hash, the encapsulation behind its length as a u16, nonce, the rest. */
  public static Optional<ShieldedExtrinsic> parse(byte[] ciphertext) {
    ByteBuffer in = ByteBuffer.wrap(ciphertext).order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < KEY_HASH + Short.BYTES) {
      return Optional.empty();
    }
    Bytes keyHash = take(in, KEY_HASH);
    int length = Short.toUnsignedInt(in.getShort());
    if (in.remaining() < length + NONCE) {
      return Optional.empty();
    }
    Bytes encapsulation = take(in, length);
    Bytes nonce = take(in, NONCE);
    Bytes sealed = take(in, in.remaining());
    return Optional.of(new ShieldedExtrinsic(keyHash, encapsulation, nonce, sealed));
  }

  /** Whether it is encrypted to the key. */
  public boolean isFor(byte[] key) {
    return keyHash.equals(new Bytes(Twox.twox128(key)));
  }

  private static Bytes take(ByteBuffer in, int length) {
    byte[] part = new byte[length];
    in.get(part);
    return new Bytes(part);
  }
}
