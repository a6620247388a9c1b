package dev.assay.chain.endpoints;

import dev.assay.chain.node.EndpointCheck;
import dev.assay.chain.node.EndpointState;
import dev.assay.chain.rpc.EndpointOrder;
import dev.assay.chain.rpc.RpcClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders endpoints by how they compare: those in step first, then those that lag or cannot be
 * reached now. Those on a fork or another chain are not asked. Each change is logged.
 */
final class EndpointReview implements Function<List<RpcClient>, EndpointOrder> {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointReview.class);

  private final EndpointCheck check;
  private final Map<RpcClient, EndpointState.Standing> last = new HashMap<>();

  /**
   * @param tolerance how many blocks an endpoint may be behind the foremost
   */
  EndpointReview(long tolerance) {
    this.check = new EndpointCheck(tolerance);
  }

  @Override
  public EndpointOrder apply(List<RpcClient> endpoints) {
    List<EndpointState> states = check.states(endpoints);
    List<RpcClient> sound = new ArrayList<>();
    List<RpcClient> spare = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      EndpointState state = states.get(i);
      tellChange(endpoints.get(i), state);
      switch (state.standing()) {
        case IN_STEP -> sound.add(endpoints.get(i));
        case LAGGING, UNREACHABLE -> spare.add(endpoints.get(i));
        case FORKED, OTHER_CHAIN -> {}
      }
    }
    return new EndpointOrder(sound, spare);
  }

  private void tellChange(RpcClient endpoint, EndpointState state) {
    EndpointState.Standing before = last.put(endpoint, state.standing());
    if (state.standing() == before) {
      return;
    }
    if (state.standing() != EndpointState.Standing.IN_STEP) {
      LOG.warn("{}: {}", state.endpoint(), state.words());
    } else if (before != null) {
      LOG.info("{} {} again", state.endpoint(), state.words());
    }
  }
}
