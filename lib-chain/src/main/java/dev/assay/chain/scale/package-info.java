/**
 * SCALE, the binary format of Substrate chains: little-endian integers, compact lengths, no field
 * names. Reads are bounded by the input; a length that the input cannot hold is refused before
 * anything is allocated.
 */
package dev.assay.chain.scale;
