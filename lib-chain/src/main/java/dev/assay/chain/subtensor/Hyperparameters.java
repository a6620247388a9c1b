package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.ShapeException;
import dev.assay.chain.metadata.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A subnet's hyperparameters by their names on the chain; which there are depends on its runtime.
 */
public record Hyperparameters(int netuid, Map<String, Value> values) {
  public Hyperparameters {
    values = Map.copyOf(values);
  }

  /** An integer; a fixed-point number's bits. */
  public long number(String name) {
    return value(name).asLong();
  }

  /** A switch. */
  public boolean flag(String name) {
    return value(name).asBoolean();
  }

  /** Blocks between two epochs. */
  public long tempo() {
    return number("tempo");
  }

  /** Blocks that must lie between two weight-settings of one validator. */
  public long weightsRateLimit() {
    return number("weights_rate_limit");
  }

  /** The version key that the chain asks for; 0 for none. */
  public long weightsVersion() {
    return number("weights_version");
  }

  /** The fewest weights in one setting. */
  public int minAllowedWeights() {
    return (int) number("min_allowed_weights");
  }

  /** The largest share of one weight, of 65535. */
  public int maxWeightsLimit() {
    return (int) number("max_weights_limit");
  }

  /** Blocks for which a new neuron cannot be replaced. */
  public long immunityPeriod() {
    return number("immunity_period");
  }

  /** Whether weights are committed first and revealed later. */
  public boolean commitRevealWeightsEnabled() {
    return flag("commit_reveal_weights_enabled");
  }

  /** Epochs from a commit to its reveal. */
  public long commitRevealPeriod() {
    return number("commit_reveal_period");
  }

  /** One of them, if this runtime has it. */
  public Optional<Value> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private Value value(String name) {
    return find(name)
        .orElseThrow(
            () -> new ShapeException("subnet " + netuid + " has no hyperparameter " + name));
  }
}
