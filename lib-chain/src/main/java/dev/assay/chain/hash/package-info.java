/** The hashes that Substrate chains use: blake2b and xxHash, and the hashers of storage keys. */
package dev.assay.chain.hash;
