/** A node's methods with types: headers, blocks, storage, runtimes. */
package dev.assay.chain.node;
