/** {@code SubtensorModule}: what makes the chain Bittensor. */
package dev.assay.localnet.chain.subtensor;
