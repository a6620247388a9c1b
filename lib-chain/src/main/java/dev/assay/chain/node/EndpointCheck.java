package dev.assay.chain.node;

import dev.assay.chain.rpc.RpcClient;
import java.util.List;
import java.util.Optional;

/**
 * Compares endpoints: their first block, their last ones, one that is final for all, and one that
 * was final for all when they were compared before. Where they disagree the most common answer
 * stands, and among equally common ones the first endpoint's. Not safe for concurrent use.
 */
public final class EndpointCheck {
  private final long tolerance;
  private Optional<FinalBlock> before = Optional.empty();

  /**
   * @param tolerance how many blocks an endpoint may be behind the foremost
   */
  public EndpointCheck(long tolerance) {
    this.tolerance = tolerance;
  }

  /** The state of each endpoint now, in their order. */
  public List<EndpointState> states(List<RpcClient> endpoints) {
    EndpointComparison comparison = new EndpointComparison(endpoints, tolerance, before);
    comparison.run();
    before = comparison.agreed();
    return comparison.states();
  }
}
