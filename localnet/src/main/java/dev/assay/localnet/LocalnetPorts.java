package dev.assay.localnet;

/** Where each service listens; 0 for any free port. */
public record LocalnetPorts(int chain, int hub, int feed, int beacon) {
  /** Any free ones. */
  public static final LocalnetPorts ANY = new LocalnetPorts(0, 0, 0, 0);
}
