/** The methods by which clients read a chain, submit to it and subscribe to it. */
package dev.assay.localnet.chain.rpc;
