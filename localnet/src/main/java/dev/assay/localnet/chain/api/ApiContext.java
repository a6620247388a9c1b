package dev.assay.localnet.chain.api;

import dev.assay.localnet.chain.state.Storage;

/**
 * What a runtime API works on: the state after a block.
 *
 * @param storage a copy, whatever is written to it is lost
 * @param block the block's number
 */
public record ApiContext(Storage storage, long block) {}
