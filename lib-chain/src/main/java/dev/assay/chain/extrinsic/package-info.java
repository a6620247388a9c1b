/** Calls, how they are signed and sent, and what becomes of them. */
package dev.assay.chain.extrinsic;
