package dev.assay.chain.keys;

/**
 * Signs for one account with sr25519 in Substrate's signing context. An interface, so that the
 * secret may live in another process or device.
 */
public interface Signer {
  /** The account whose signatures these are. */
  AccountId account();

  /** The 64 bytes of the signature of {@code message}. */
  byte[] sign(byte[] message);
}
