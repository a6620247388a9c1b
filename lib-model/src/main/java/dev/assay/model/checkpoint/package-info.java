/**
 * The gate before a checkpoint: what a miner published is checked here, from names and headers
 * alone, before anything is loaded.
 */
package dev.assay.model.checkpoint;
