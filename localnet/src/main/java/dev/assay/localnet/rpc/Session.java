package dev.assay.localnet.rpc;

/** The client that asked. */
public interface Session {
  /** Whether it can be told something later on. */
  boolean lasting();

  /** Tells it something; from any thread. */
  void send(String message);
}
