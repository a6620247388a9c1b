package dev.assay.chain.extrinsic;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.keys.Sr25519;

/** Gives zeros in place of signatures, for questions about an extrinsic that is never sent. */
record BlankSigner(AccountId account) implements Signer {
  @Override
  public byte[] sign(byte[] message) {
    return new byte[Sr25519.SIGNATURE_LENGTH];
  }
}
