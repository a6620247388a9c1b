package dev.assay.jobs.evaluate;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.score.entry.Registration;
import dev.assay.score.sampling.Window;
import dev.assay.score.weights.WeightLimits;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation reads from the chain, all of it at one finalised block.
 *
 * @param genesis hash of the chain's block 0, which names the chain
 * @param block its height
 * @param blockHash 0x and 64 hex digits
 * @param window that the block lies in
 * @param seed hash of the window's first block
 * @param commitments of the registered hotkeys
 * @param registered who holds which uid since when
 * @param places by hotkey, the extrinsic's place in its block of those that share it with another
 * @param limits what the chain accepts of weights
 * @param paid by hotkey, the incentive that consensus gives now
 */
record EvaluationInput(
    String genesis,
    int netuid,
    int mechanism,
    long block,
    String blockHash,
    Window window,
    Hash seed,
    List<CommitmentRow> commitments,
    List<Registration> registered,
    Map<String, Integer> places,
    WeightLimits limits,
    Map<String, Long> paid) {
  EvaluationInput {
    commitments = List.copyOf(commitments);
    registered = List.copyOf(registered);
    places = Map.copyOf(places);
    paid = Map.copyOf(paid);
  }
}
