/** Bittensor's own: a chain at a block, what a subnet holds there, and the calls that change it. */
package dev.assay.chain.subtensor;
