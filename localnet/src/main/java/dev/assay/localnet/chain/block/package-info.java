/** A block, its header and the state after it. */
package dev.assay.localnet.chain.block;
