/** Storage: immutable key-value snapshots, one per block, and typed keys into them. */
package dev.assay.localnet.chain.state;
