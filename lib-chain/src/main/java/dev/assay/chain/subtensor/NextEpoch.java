package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.yuma.YumaInput;
import java.util.List;

/**
 * The input of a mechanism's next epoch, as it stands after a block. If no account sets weights,
 * stakes or registers until then, {@link dev.assay.chain.yuma.Yuma#epoch} answers with what the
 * chain will decide; its emission assumes that each block until then adds as much as the last one
 * did.
 *
 * @param netuid the subnet
 * @param mechanism the mechanism within it
 * @param block the block after which this was read; the epoch's own is {@code input.block()}
 * @param hotkeys by UID
 * @param input what the epoch computes with. Stakes are whole rao, as runtime APIs tell them; the
 *     chain's own have a fraction, so a share can differ in its last bit of 2⁻³²
 */
public record NextEpoch(
    int netuid, int mechanism, long block, List<AccountId> hotkeys, YumaInput input) {
  public NextEpoch {
    hotkeys = List.copyOf(hotkeys);
  }
}
