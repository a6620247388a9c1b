package dev.assay.chain.rpc;

import java.time.Duration;

/**
 * What a call may take.
 *
 * @param connect to reach the endpoint
 * @param request from sending to the last byte of the answer
 * @param largestAnswer in bytes; more is refused while it arrives
 */
public record RpcLimits(Duration connect, Duration request, int largestAnswer) {
  /** 10 s to connect, 60 s a request, 64 MiB an answer. */
  public static final RpcLimits DEFAULT =
      new RpcLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), 64 << 20);
}
