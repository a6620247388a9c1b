package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.HOT_KEY_NOT_REGISTERED_IN_NETWORK;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.INVALID_IP_ADDRESS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.INVALID_IP_TYPE;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.INVALID_PORT;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SERVING_RATE_LIMIT_EXCEEDED;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.AxonInfo;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.NeuronCertificate;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.PrometheusInfo;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import java.math.BigInteger;

/** Neurons say where they can be reached (serving.rs). */
final class Serving {
  private static final BigInteger MAX_V4 = BigInteger.valueOf(0xffff_ffffL);
  private static final BigInteger LOOPBACK_V4 = BigInteger.valueOf(0x7f00_0001);
  private static final BigInteger MAX_V6 = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  private Serving() {}

  static void axon(Context context, int netuid, AxonInfo axon) {
    AccountId hotkey = context.signer();
    validate(context.storage(), context.block(), netuid, hotkey, axon);
    context.storage().put(Neurons.AXONS.at(netuid, hotkey), axon);
    context.deposit(SubtensorEvents.AXON_SERVED, netuid, hotkey);
  }

  /** Keeps a certificate beside the axon; the real pallet passes over what is none. */
  static void certificate(Context context, int netuid, byte[] certificate) {
    NeuronCertificate.of(certificate)
        .ifPresent(
            kept -> context.storage().put(Neurons.CERTIFICATES.at(netuid, context.signer()), kept));
  }

  static void prometheus(Context context, int netuid, PrometheusInfo prometheus) {
    AccountId hotkey = context.signer();
    validate(context.storage(), context.block(), netuid, hotkey, prometheus);
    context.storage().put(Neurons.PROMETHEUS.at(netuid, hotkey), prometheus);
    context.deposit(SubtensorEvents.PROMETHEUS_SERVED, netuid, hotkey);
  }

  static void validate(Storage storage, long block, int netuid, AccountId hotkey, AxonInfo axon) {
    long last = storage.find(Neurons.AXONS.at(netuid, hotkey)).orElse(AxonInfo.NONE).block();
    validate(storage, netuid, hotkey, axon.ipType(), axon.ip(), block, last);
    INVALID_PORT.unless(axon.port() != 0);
  }

  static void validate(
      Storage storage, long block, int netuid, AccountId hotkey, PrometheusInfo prometheus) {
    long last =
        storage.find(Neurons.PROMETHEUS.at(netuid, hotkey)).orElse(PrometheusInfo.NONE).block();
    validate(storage, netuid, hotkey, prometheus.ipType(), prometheus.ip(), block, last);
    INVALID_PORT.unless(prometheus.port() != 0);
  }

  private static void validate(
      Storage storage,
      int netuid,
      AccountId hotkey,
      int ipType,
      BigInteger ip,
      long block,
      long last) {
    HOT_KEY_NOT_REGISTERED_IN_NETWORK.unless(storage.has(Neurons.UIDS.at(netuid, hotkey)));
    INVALID_IP_TYPE.unless(ipType == 4 || ipType == 6);
    INVALID_IP_ADDRESS.unless(ipType == 4 ? isV4(ip) : isV6(ip));
    long limit = storage.get(Hyperparameters.SERVING_RATE_LIMIT.at(netuid));
    SERVING_RATE_LIMIT_EXCEEDED.unless(
        limit == 0 || last == 0 || Long.compareUnsigned(block - last, limit) >= 0);
  }

  private static boolean isV4(BigInteger ip) {
    return ip.compareTo(MAX_V4) < 0 && !ip.equals(LOOPBACK_V4);
  }

  private static boolean isV6(BigInteger ip) {
    return !ip.equals(MAX_V6) && !ip.equals(BigInteger.ONE);
  }
}
