/** The command that runs a local Bittensor. */
package dev.assay.cli.localnet;
