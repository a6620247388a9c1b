/** A local Bittensor, spoken to only over its network protocols. */
package dev.assay.localnet;
