/** The runtime: its pallets, its runtime APIs, its metadata, and how it executes a block. */
package dev.assay.localnet.chain.runtime;
