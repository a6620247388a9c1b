package dev.assay.chain.rpc;

import java.net.URI;

/** An endpoint's address as it may be shown: without user, path or query, which may hold keys. */
final class Endpoint {
  private Endpoint() {}

  static String shown(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port;
  }
}
