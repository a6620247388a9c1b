/** The chain: its blocks, what waits to be in one, and the rules by which one is sealed. */
package dev.assay.localnet.chain;
