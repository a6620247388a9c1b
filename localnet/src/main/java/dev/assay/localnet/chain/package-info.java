/** The chain node: blocks, state, extrinsics, and what drives them. */
package dev.assay.localnet.chain;
