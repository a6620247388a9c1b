/** What a chain begins with. */
package dev.assay.localnet.chain.genesis;
