/** Accounts and their keys: SS58 addresses, sr25519 signatures, derivation, mnemonics, wallets. */
package dev.assay.chain.keys;
