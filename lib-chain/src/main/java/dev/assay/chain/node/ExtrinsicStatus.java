package dev.assay.chain.node;

import dev.assay.chain.hash.Hash;
import java.util.Optional;

/**
 * What a node says about an extrinsic that it watches.
 *
 * @param name such as {@code ready}, {@code inBlock}, {@code finalized}, {@code invalid}
 * @param block the block that the status is about, if it is about one
 */
public record ExtrinsicStatus(String name, Optional<Hash> block) {}
