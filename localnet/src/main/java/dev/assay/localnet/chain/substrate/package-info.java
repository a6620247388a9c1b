/** The pallets that every Substrate chain has, and their types. */
package dev.assay.localnet.chain.substrate;
