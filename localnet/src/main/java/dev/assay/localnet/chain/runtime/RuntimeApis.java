package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.subtensor.DelegateApi;
import dev.assay.localnet.chain.subtensor.NeuronApi;
import dev.assay.localnet.chain.subtensor.StakeApi;
import dev.assay.localnet.chain.subtensor.SubnetApi;
import dev.assay.localnet.chain.subtensor.SwapApi;
import java.util.List;

/** All runtime APIs that the node answers. */
final class RuntimeApis {
  private RuntimeApis() {}

  static List<RuntimeApi> all() {
    return List.of(
        CoreApis.core(),
        CoreApis.metadata(),
        CoreApis.accountNonce(),
        PaymentApi.api(),
        ValidityApi.api(),
        NeuronApi.api(),
        SubnetApi.api(),
        StakeApi.api(),
        StakeApi.registration(),
        SwapApi.api(),
        DelegateApi.api());
  }
}
