/**
 * Yuma consensus with the arithmetic of the subtensor pallet: the same fixed-point types, the same
 * order of operations, the same bits.
 *
 * <p>The entry point is {@link dev.assay.chain.yuma.Yuma#epoch}. Every formula names the function
 * of {@code pallets/subtensor/src/epoch} (spec version 425) that it reproduces.
 */
package dev.assay.chain.yuma;
