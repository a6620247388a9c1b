/** Storage: immutable key-value snapshots, one a block, and typed keys into them. */
package dev.assay.localnet.chain.state;
