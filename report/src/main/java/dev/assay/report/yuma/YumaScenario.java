package dev.assay.report.yuma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.yuma.I64F64;
import dev.assay.chain.yuma.LiquidAlpha;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.YumaInput;
import dev.assay.chain.yuma.YumaNeuron;
import dev.assay.chain.yuma.YumaParameters;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.StrictYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An invented subnet, as in conf/yuma-clipped.yaml: what an epoch reads, and what may change.
 * Omitted keys have the pallet's defaults.
 *
 * @param block of the epoch
 * @param lastStepBlock of the epoch before
 * @param emission what the epoch shares out, in rao
 * @param ownerUid the owner's neuron, if it has one
 * @param neurons by uid from 0
 * @param change what is asked; absent where it comes from elsewhere
 */
public record YumaScenario(
    long block,
    long lastStepBlock,
    long emission,
    Optional<Integer> ownerUid,
    Parameters hyperparameters,
    List<Neuron> neurons,
    Optional<Change> change) {
  private static final String DEFAULTS =
      """
      last_step_block: 0
      owner_uid: null
      change: null
      hyperparameters:
        tempo: 360
        activity_cutoff: 5000
        kappa: 32767
        bonds_moving_average: 900000
        bonds_penalty: 65535
        max_validators: 128
        stake_threshold: 0
        commit_reveal: false
        yuma3: false
        liquid_alpha: null
      """;

  private static final String NEURON_DEFAULTS =
      "{stake: 0, permit: false, last_update: null, registered_at: 0, weights: {}, bonds: {}}";

  private static final String CHANGE_DEFAULTS = "{stakes: {}, hyperparameters: {}, weights: {}}";

  /** Hyperparameters in the units of their storage items. */
  record Parameters(
      int tempo,
      long activityCutoff,
      int kappa,
      long bondsMovingAverage,
      int bondsPenalty,
      int maxValidators,
      long stakeThreshold,
      boolean commitReveal,
      boolean yuma3,
      Optional<Liquid> liquidAlpha) {
    YumaParameters parameters() {
      return new YumaParameters(
          tempo,
          activityCutoff,
          kappa,
          bondsMovingAverage,
          bondsPenalty,
          maxValidators,
          stakeThreshold,
          commitReveal,
          yuma3,
          liquidAlpha.map(rate -> new LiquidAlpha(rate.low, rate.high, rate.sigmoidSteepness)));
    }
  }

  /** The variable rate of bonds. */
  record Liquid(int low, int high, int sigmoidSteepness) {}

  /**
   * One neuron.
   *
   * @param stake in rao
   * @param lastUpdate block of its last weights; absent: the scenario's block
   * @param weights stored u16 by uid
   * @param bonds stored u16 by uid
   */
  record Neuron(
      long stake,
      boolean permit,
      Optional<Long> lastUpdate,
      long registeredAt,
      TreeMap<Integer, Integer> weights,
      TreeMap<Integer, Integer> bonds) {
    YumaNeuron neuron(long block) {
      return new YumaNeuron(
          I64F64.ofU64(stake),
          OptionalLong.of(lastUpdate.orElse(block)),
          registeredAt,
          permit,
          OptionalLong.empty(),
          row(weights),
          row(bonds));
    }

    private static List<UidValue> row(Map<Integer, Integer> values) {
      List<UidValue> row = new ArrayList<>();
      values.forEach((uid, value) -> row.add(new UidValue(uid, value)));
      return row;
    }
  }

  /**
   * What is different afterwards.
   *
   * @param stakes in rao by uid
   * @param hyperparameters those that change
   * @param weights by validator uid, the validator's new weights by uid, in any unit
   */
  record Change(
      TreeMap<Integer, Long> stakes,
      JsonNode hyperparameters,
      TreeMap<Integer, TreeMap<Integer, Double>> weights) {}

  /**
   * Reads a scenario.
   *
   * @throws ConfigurationException naming the file, the key and what fits
   */
  public static YumaScenario read(Path file) {
    return bind(file.toString(), StrictYaml.read(file));
  }

  static YumaScenario bind(String source, JsonNode given) {
    if (!(given instanceof ObjectNode map)) {
      throw new ConfigurationException(source + " is not a map; see conf/yuma-clipped.yaml");
    }
    ObjectNode tree = defaults(DEFAULTS);
    StrictYaml.merge(tree, map);
    if (tree.get("neurons") instanceof ArrayNode neurons) {
      for (int i = 0; i < neurons.size(); i++) {
        neurons.set(i, over(NEURON_DEFAULTS, neurons.get(i)));
      }
    }
    tree.set("change", over(CHANGE_DEFAULTS, tree.get("change")));
    return StrictYaml.bind(source, tree, YumaScenario.class);
  }

  /** What the epoch reads. */
  public YumaInput input() {
    return new YumaInput(
        block,
        lastStepBlock,
        emission,
        ownerUid.map(OptionalInt::of).orElse(OptionalInt.empty()),
        hyperparameters.parameters(),
        neurons.stream().map(neuron -> neuron.neuron(block)).toList());
  }

  /** The scenario's own change; empty where it names none. */
  public Optional<YumaChange> ownChange(String source) {
    return change.map(
        changed ->
            new YumaChange(
                changed.weights,
                changed.stakes,
                changed.hyperparameters.isEmpty()
                    ? Optional.empty()
                    : Optional.of(changedParameters(source, changed.hyperparameters))));
  }

  private YumaParameters changedParameters(String source, JsonNode changes) {
    ObjectNode tree = StrictYaml.tree(hyperparameters);
    if (!(changes instanceof ObjectNode map)) {
      throw new ConfigurationException(source + ": change.hyperparameters is not a map");
    }
    StrictYaml.merge(tree, map);
    return StrictYaml.bind(source + ": change.hyperparameters", tree, Parameters.class)
        .parameters();
  }

  private static JsonNode over(String defaults, JsonNode given) {
    if (given instanceof ObjectNode map) {
      ObjectNode tree = defaults(defaults);
      StrictYaml.merge(tree, map);
      return tree;
    }
    return given;
  }

  private static ObjectNode defaults(String text) {
    return (ObjectNode) StrictYaml.read("the defaults of a scenario", text);
  }
}
