package dev.assay.miner;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.model.hub.CommittedModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The models that a subnet's miners stand for at a block, those that earn most first.
 *
 * @param models commitments that name none are left out
 */
public record CommittedModels(List<Standing> models) {
  /**
   * One miner's model.
   *
   * @param incentive that consensus gives it, as a share of 65535
   */
  public record Standing(int uid, long incentive, CommittedModel model) {}

  public CommittedModels {
    models = List.copyOf(models);
  }

  /**
   * Reads them.
   *
   * @param oldCompetition where a commitment of four fields belongs
   */
  public static CommittedModels at(BlockView block, int netuid, String oldCompetition) {
    Metagraph metagraph = block.metagraph(netuid);
    List<Standing> models = new ArrayList<>();
    for (Commitment commitment : block.commitments(netuid)) {
      Optional<Neuron> neuron = metagraph.neuron(commitment.hotkey());
      String text = new String(commitment.content(), StandardCharsets.UTF_8);
      if (neuron.isPresent()
          && CommittedModel.parse(text, oldCompetition)
              instanceof CommittedModel.Parsed.Model named) {
        models.add(new Standing(neuron.get().uid(), neuron.get().incentive(), named.model()));
      }
    }
    models.sort(
        Comparator.comparingLong(Standing::incentive).reversed().thenComparing(Standing::uid));
    return new CommittedModels(models);
  }

  /** The one of a UID. */
  public Optional<Standing> of(int uid) {
    return models.stream().filter(standing -> standing.uid() == uid).findFirst();
  }

  /** The one that earns most, of those that earn anything. */
  public Optional<Standing> best() {
    return models.stream().filter(standing -> standing.incentive() > 0).findFirst();
  }
}
