package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.Value;
import java.math.BigInteger;

/**
 * Where a neuron says it serves.
 *
 * @param ip the address as a number, of version {@code ipType} (4 or 6); 0 where none is served
 */
public record Axon(long block, long version, BigInteger ip, int port, int ipType, int protocol) {
  static Axon of(Value axon) {
    return new Axon(
        axon.field("block").asLong(),
        axon.field("version").asLong(),
        axon.field("ip").asBigInteger(),
        axon.field("port").asInt(),
        axon.field("ip_type").asInt(),
        axon.field("protocol").asInt());
  }
}
