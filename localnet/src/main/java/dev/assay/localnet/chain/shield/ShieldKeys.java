package dev.assay.localnet.chain.shield;

import dev.assay.chain.scale.ScaleWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMExtractor;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPrivateKeyParameters;

/**
 * The keys by which the blocks' author opens encrypted extrinsics: one per block, ML-KEM-768, from
 * the chain's seed, so that a continued chain still has them.
 */
public final class ShieldKeys {
  private final long seed;

  public ShieldKeys(long seed) {
    this.seed = seed;
  }

  /** The public key that is announced in a block. */
  public byte[] announced(long block) {
    return key(block).getPublicKey();
  }

  /** What an encrypted extrinsic holds, opened by the author of a block, if it can be. */
  public Optional<byte[]> open(ShieldedExtrinsic shielded, long block) {
    MLKEMExtractor extractor = new MLKEMExtractor(key(block - ShieldPallet.BLOCKS_TO_USE));
    if (shielded.encapsulation().length() != extractor.getEncapsulationLength()) {
      return Optional.empty();
    }
    byte[] secret = extractor.extractSecret(shielded.encapsulation().raw());
    return XChaCha20Poly1305.open(secret, shielded.nonce().raw(), shielded.sealed().raw());
  }

  private MLKEMPrivateKeyParameters key(long block) {
    ScaleWriter words = new ScaleWriter().string("assay localnet shield").u64(seed).u64(block);
    return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, sha512(words.toByteArray()));
  }

  private static byte[] sha512(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }
}
