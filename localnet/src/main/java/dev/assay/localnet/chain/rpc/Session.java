package dev.assay.localnet.chain.rpc;

/** The client that asked. */
interface Session {
  /** Whether it can be told something later on. */
  boolean lasting();

  /** Tells it something; from any thread. */
  void send(String message);
}
