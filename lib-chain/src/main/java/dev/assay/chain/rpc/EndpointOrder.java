package dev.assay.chain.rpc;

import java.util.List;
import java.util.stream.Stream;

/**
 * Endpoints of one chain in the order in which they are asked; one in neither list is not asked.
 *
 * @param sound serve the chain and are in step
 * @param spare are asked where no sound one answers
 */
public record EndpointOrder(List<RpcClient> sound, List<RpcClient> spare) {
  public EndpointOrder {
    sound = List.copyOf(sound);
    spare = List.copyOf(spare);
  }

  List<RpcClient> all() {
    return Stream.concat(sound.stream(), spare.stream()).toList();
  }
}
