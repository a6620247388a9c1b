/** What a miner does: train, publish, commit. */
package dev.assay.miner;
