/** A chain that runs: it seals blocks and answers clients over the network. */
package dev.assay.localnet.node;
