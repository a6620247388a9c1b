/**
 * The beacon whose rounds the chain keeps: the pallet, and drand's cryptography with a local key.
 */
package dev.assay.localnet.chain.drand;
