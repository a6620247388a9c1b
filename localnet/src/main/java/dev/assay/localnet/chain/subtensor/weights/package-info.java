/** Weights: set in the open, or committed first and revealed in a later epoch. */
package dev.assay.localnet.chain.subtensor.weights;
