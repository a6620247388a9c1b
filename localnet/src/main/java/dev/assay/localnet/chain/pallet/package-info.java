/** What a pallet is made of, and the pallets that are not Bittensor's own. */
package dev.assay.localnet.chain.pallet;
