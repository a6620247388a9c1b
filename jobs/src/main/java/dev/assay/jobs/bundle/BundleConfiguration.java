package dev.assay.jobs.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.score.bundle.UnknownVersionException;
import java.util.ArrayList;
import java.util.List;

/**
 * What checking a bundle takes of its configuration, in whichever version that was written.
 *
 * @param version 1 for bundles that name none
 * @param hub address of the hub that checkpoints came from, unchecked
 * @param eras by their first blocks, ascending
 */
public record BundleConfiguration(int version, String hub, List<Era> eras) {
  /** Competitions that were open from a block on. */
  public record Era(long fromBlock, List<Rules> competitions) {}

  /** What recomputing a loss takes of a competition beside the losses' own rows. */
  public record Rules(String id, String tokenizer) {}

  /**
   * Reads any version.
   *
   * @throws UnknownVersionException if it is of a version that this release does not know
   * @throws IllegalArgumentException if it is no configuration
   */
  static BundleConfiguration of(JsonNode configuration) {
    if (!configuration.isObject()) {
      throw new IllegalArgumentException("the configuration is not a JSON object");
    }
    int version = configuration.path("version").asInt(1);
    if (version < 1 || version > AssayConfiguration.EFFECTIVE_VERSION) {
      throw new UnknownVersionException(
          "the configuration has version %d; this release reads 1 to %d: use a later one"
              .formatted(version, AssayConfiguration.EFFECTIVE_VERSION));
    }
    List<Era> eras = new ArrayList<>();
    for (JsonNode era :
        configuration.at(version == 1 ? "/competitions/schedule/phases" : "/competitions/eras")) {
      List<Rules> rules = new ArrayList<>();
      for (JsonNode competition : era.path("competitions")) {
        rules.add(
            new Rules(competition.path("id").asText(), competition.path("tokenizer").asText()));
      }
      eras.add(new Era(era.path("from_block").asLong(), rules));
    }
    return new BundleConfiguration(version, configuration.at("/hub/endpoint").asText(), eras);
  }

  /**
   * The tokenizer that a competition had at a block: the latest era's that names it.
   *
   * @throws IllegalArgumentException if none does
   */
  public String tokenizer(String competition, long block) {
    return eras.stream()
        .filter(era -> era.fromBlock() <= block)
        .flatMap(era -> era.competitions().stream())
        .filter(rules -> rules.id().equals(competition))
        .reduce((earlier, later) -> later)
        .map(Rules::tokenizer)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "configuration.json names no tokenizer of competition " + competition));
  }
}
