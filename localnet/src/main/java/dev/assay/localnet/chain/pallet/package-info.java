/** What a pallet is made of: calls, events, errors, constants, and the context a call runs in. */
package dev.assay.localnet.chain.pallet;
