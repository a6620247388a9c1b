/** Commands by which a miner trains a model and learns what a validator would say of it. */
package dev.assay.cli.train;
