/** What a miner does with a model: publish it, commit to it. */
package dev.assay.cli.miner;
