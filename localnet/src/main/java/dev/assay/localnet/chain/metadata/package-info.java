/**
 * Declarations of what the node executes, each of them a codec and a description at once, and the
 * runtime metadata that is generated from them.
 */
package dev.assay.localnet.chain.metadata;
