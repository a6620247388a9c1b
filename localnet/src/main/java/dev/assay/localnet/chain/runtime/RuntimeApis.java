package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.subtensor.api.DelegateApi;
import dev.assay.localnet.chain.subtensor.api.NeuronApi;
import dev.assay.localnet.chain.subtensor.api.StakeApi;
import dev.assay.localnet.chain.subtensor.api.SubnetApi;
import dev.assay.localnet.chain.subtensor.api.SwapApi;
import java.util.List;

/** All runtime APIs that the node answers. */
final class RuntimeApis {
  private RuntimeApis() {}

  static List<RuntimeApi> all(NodeRuntime runtime) {
    return List.of(
        CoreApis.core(runtime),
        CoreApis.metadata(runtime),
        CoreApis.accountNonce(),
        PaymentApi.api(runtime),
        ValidityApi.api(runtime),
        NeuronApi.api(),
        SubnetApi.api(),
        StakeApi.api(),
        StakeApi.registration(),
        SwapApi.api(),
        DelegateApi.api());
  }
}
