package dev.assay.jobs.submit;

import dev.assay.chain.node.UnknownBlockException;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.config.ChainSettings;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.report.EvaluationReport;
import java.util.Optional;

/** Compares what an evaluation says of its chain with the chain that its weights would go to. */
final class EvaluationChain {
  private EvaluationChain() {}

  /**
   * Insists that an evaluation was made here, as far as it tells.
   *
   * @throws ConfigurationException if it is of another subnet, mechanism or chain
   */
  static void require(EvaluationReport report, Subtensor chain, ChainSettings settings) {
    require(report, "chain.netuid", settings.netuid(), "subnet", report.netuid());
    require(report, "chain.mechanism", settings.mechanism(), "mechanism", report.mechanism());
    String genesis = chain.genesisHash().toString();
    if (!report.genesis().orElse(genesis).equals(genesis)) {
      throw new ConfigurationException(
          "evaluation %s was made on the chain with the genesis %s, and chain.endpoints lead to %s; correct them"
              .formatted(report.evaluation(), report.genesis().orElseThrow(), genesis));
    }
    Optional<String> block = hash(chain, report.block());
    if (!block.equals(Optional.of(report.blockHash()))) {
      throw new ConfigurationException(
          "evaluation %s was made at block %d with the hash %s, and at chain.endpoints that block is %s; correct them"
              .formatted(
                  report.evaluation(),
                  report.block(),
                  report.blockHash(),
                  block.orElse("not there")));
    }
  }

  private static void require(
      EvaluationReport report, String key, int configured, String what, int evaluated) {
    if (configured != evaluated) {
      throw new ConfigurationException(
          "evaluation %s is of %s %d, and %s is %d; correct it"
              .formatted(report.evaluation(), what, evaluated, key, configured));
    }
  }

  private static Optional<String> hash(Subtensor chain, long block) {
    try {
      return Optional.of(chain.blockHash(block).toString());
    } catch (UnknownBlockException unknown) {
      return Optional.empty();
    }
  }
}
