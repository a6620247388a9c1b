package dev.assay.localnet.chain.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.junit.jupiter.api.Test;

class MultiSignatureTest {
  private static final byte[] MESSAGE = "a call and what is signed with it".getBytes(UTF_8);
  private static final byte[] SEED = Blake2.blake2b256("a seed".getBytes(UTF_8));

  @Test
  void anAccountOfEd25519MaySign() {
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(SEED);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(MESSAGE, 0, MESSAGE.length);

    onlyOf(
        new MultiSignature(0, new Bytes(signer.generateSignature())),
        AccountId.of(key.generatePublicKey().getEncoded()));
  }

  /** An account of ecdsa is the digest of its compressed key. */
  @Test
  void anAccountOfEcdsaMaySign() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
    BigInteger secret = new BigInteger(1, SEED);
    byte[] key = curve.getG().multiply(secret).normalize().getEncoded(true);
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, new ECDomainParameters(curve)));
    BigInteger[] parts = signer.generateSignature(Blake2.blake2b256(MESSAGE));
    AccountId account = AccountId.of(Blake2.blake2b256(key));

    int found = 0;
    for (int id = 0; id < 2; id++) {
      MultiSignature signature = new MultiSignature(2, new Bytes(bytes(parts, id)));
      if (signature.isOf(account, MESSAGE)) {
        onlyOf(signature, account);
        found++;
      }
    }
    assertThat(found).isEqualTo(1);
  }

  @Test
  void whatIsNoPointOrOutOfRangeIsNoSignature() {
    AccountId anybody = AccountId.of(SEED);
    byte[] ones = new byte[65];
    Arrays.fill(ones, (byte) 0xff);
    for (int scheme = 0; scheme < 3; scheme++) {
      int length = scheme == 2 ? 65 : 64;
      assertThat(new MultiSignature(scheme, new Bytes(new byte[length])).isOf(anybody, MESSAGE))
          .isFalse();
      assertThat(
              new MultiSignature(scheme, new Bytes(Arrays.copyOf(ones, length)))
                  .isOf(anybody, MESSAGE))
          .isFalse();
    }
  }

  private static void onlyOf(MultiSignature signature, AccountId account) {
    assertThat(signature.isOf(account, MESSAGE)).isTrue();
    assertThat(signature.isOf(account, SEED)).isFalse();
    assertThat(signature.isOf(AccountId.of(SEED), MESSAGE)).isFalse();
  }

  private static byte[] bytes(BigInteger[] parts, int id) {
    byte[] bytes = new byte[65];
    for (int i = 0; i < 2; i++) {
      byte[] part = parts[i].toByteArray();
      int from = Math.max(0, part.length - 32);
      System.arraycopy(part, from, bytes, 32 * (i + 1) - (part.length - from), part.length - from);
    }
    bytes[64] = (byte) id;
    return bytes;
  }
}
