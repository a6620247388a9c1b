/** Extrinsics encrypted to a block's author: the pallet, the author's keys and the cipher. */
package dev.assay.localnet.chain.shield;
