package dev.assay.localnet.chain.runtime;

import java.util.List;

/** All runtime APIs that the node answers. */
final class RuntimeApis {
  private RuntimeApis() {}

  static List<RuntimeApi> all() {
    return List.of(CoreApis.core(), CoreApis.metadata(), CoreApis.accountNonce(), PaymentApi.api());
  }
}
