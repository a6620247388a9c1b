package dev.assay.chain.extrinsic;

import dev.assay.chain.metadata.Value;
import java.util.OptionalInt;

/**
 * An event of a block.
 *
 * @param fields a struct where the runtime names them, else a sequence
 * @param extrinsic the place of the extrinsic that caused it; absent for what a block's begin or
 *     end caused
 */
public record ChainEvent(String pallet, String name, Value fields, OptionalInt extrinsic) {}
