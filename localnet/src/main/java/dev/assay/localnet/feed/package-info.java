/**
 * An embedded feed of signed samples: for each block of a chain the same ones for the same seed,
 * never those of a block that the chain has not reached. The wire format is in docs/feed.md.
 */
package dev.assay.localnet.feed;
