/** What Bittensor's runtime APIs answer. */
package dev.assay.localnet.chain.subtensor.api;
