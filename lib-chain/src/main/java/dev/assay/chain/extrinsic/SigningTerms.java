package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.node.RuntimeVersion;

/**
 * What a signature covers besides the call.
 *
 * @param birthHash the hash of the era's birth block
 * @param nonce the signer's next, from 0
 * @param tip in rao
 */
public record SigningTerms(
    Hash genesis, RuntimeVersion runtime, Era era, Hash birthHash, long nonce, long tip) {}
