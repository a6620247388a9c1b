package dev.assay.localnet.chain.shield;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Opens what XChaCha20-Poly1305 sealed (draft-irtf-cfrg-xchacha-03): Bouncy Castle has the cipher
 * for nonces of 12 bytes, the draft makes 24 of them.
 */
public final class XChaCha20Poly1305 {
  private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  private static final int ROUNDS = 20;
  private static final int HCHACHA_NONCE = 16;

  private XChaCha20Poly1305() {}

  /** What was sealed without associated data, unless it was tampered with. */
  static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] sealed) {
    byte[] rest = new byte[12];
    System.arraycopy(nonce, HCHACHA_NONCE, rest, 4, 8);
    ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    cipher.init(false, new ParametersWithIV(new KeyParameter(subkey(key, nonce)), rest));
    byte[] plain = new byte[cipher.getOutputSize(sealed.length)];
    try {
      int done = cipher.processBytes(sealed, 0, sealed.length, plain, 0);
      int all = done + cipher.doFinal(plain, done);
      return Optional.of(Arrays.copyOf(plain, all));
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
  }

  /**
   * HChaCha20 of the nonce's first 16 bytes: the first and the last row of the state after the
   * rounds, before the sum.
   */
  public static byte[] subkey(byte[] key, byte[] nonce) {
    int[] state = new int[16];
    System.arraycopy(CONSTANTS, 0, state, 0, 4);
    ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(state, 4, 8);
    ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(state, 12, 4);
    int[] summed = new int[16];
    ChaChaEngine.chachaCore(ROUNDS, state, summed);
    ByteBuffer subkey = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    for (int i : new int[] {0, 1, 2, 3, 12, 13, 14, 15}) {
      subkey.putInt(summed[i] - state[i]);
    }
    return subkey.array();
  }
}
