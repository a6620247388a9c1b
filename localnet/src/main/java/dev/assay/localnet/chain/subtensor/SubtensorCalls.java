package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U32;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.U8;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.subtensor.storage.AxonInfo;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.PrometheusInfo;
import dev.assay.localnet.chain.subtensor.storage.SubtensorError;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import dev.assay.localnet.chain.subtensor.storage.TimelockedCommit;
import dev.assay.localnet.chain.subtensor.weights.HashCommits;
import dev.assay.localnet.chain.subtensor.weights.TimelockedCommits;
import dev.assay.localnet.chain.subtensor.weights.WeightSetting;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The calls of {@code SubtensorModule} and what their arguments are named. */
final class SubtensorCalls {
  static final Field<Integer> NETUID = field("netuid", U16);
  static final Field<Integer> MECHANISM = field("mecid", U8);
  static final Field<AccountId> HOTKEY = field("hotkey", Shapes.ACCOUNT);
  static final Field<List<Integer>> DESTS = field("dests", vec(U16));
  static final Field<List<Integer>> WEIGHTS = field("weights", vec(U16));
  static final Field<List<Integer>> UIDS = field("uids", vec(U16));
  static final Field<List<Integer>> VALUES = field("values", vec(U16));
  static final Field<List<Integer>> SALT = field("salt", vec(U16));
  static final Field<Long> VERSION_KEY = field("version_key", U64);
  static final Field<Bytes32> COMMIT_HASH = field("commit_hash", Shapes.HASH);
  static final Field<byte[]> COMMIT = field("commit", TimelockedCommit.CIPHERTEXT);
  static final Field<Long> REVEAL_ROUND = field("reveal_round", U64);

  private static final Field<Integer> COMMIT_REVEAL_VERSION = field("commit_reveal_version", U16);
  private static final Field<Long> AMOUNT_STAKED = field("amount_staked", U64);
  private static final Field<Long> AMOUNT_UNSTAKED = field("amount_unstaked", U64);
  private static final Field<Long> LIMIT_PRICE = field("limit_price", U64);
  private static final Field<Boolean> ALLOW_PARTIAL = field("allow_partial", Shapes.BOOL);
  private static final Field<Integer> TEMPO = field("tempo", U16);
  private static final int LEAST_TEMPO = 360;
  private static final int MOST_TEMPO = 50_400;
  private static final Field<Long> VERSION = field("version", U32);
  private static final Field<BigInteger> IP = field("ip", Shapes.U128);
  private static final Field<Integer> PORT = field("port", U16);
  private static final Field<Integer> IP_TYPE = field("ip_type", U8);
  private static final Field<Integer> PROTOCOL = field("protocol", U8);
  private static final Field<Integer> PLACEHOLDER1 = field("placeholder1", U8);
  private static final Field<Integer> PLACEHOLDER2 = field("placeholder2", U8);
  private static final Field<byte[]> CERTIFICATE = field("certificate", Shapes.BYTES);

  private SubtensorCalls() {}

  static List<Call> all() {
    List<Call> all = new ArrayList<>(single());
    all.addAll(BatchWeights.calls());
    all.sort(Comparator.comparingInt(Call::index));
    return all;
  }

  private static List<Call> single() {
    return List.of(
        Call.free(
            0,
            "set_weights",
            15_540_000_000L,
            (context, arguments) -> setWeights(context, arguments, 0),
            NETUID,
            DESTS,
            WEIGHTS,
            VERSION_KEY),
        Call.paid(
            2, "add_stake", 439_200_000, SubtensorCalls::addStake, HOTKEY, NETUID, AMOUNT_STAKED),
        Call.paid(
            3,
            "remove_stake",
            439_200_000,
            SubtensorCalls::removeStake,
            HOTKEY,
            NETUID,
            AMOUNT_UNSTAKED),
        Call.free(
            4,
            "serve_axon",
            33_010_000,
            SubtensorCalls::serveAxon,
            NETUID,
            VERSION,
            IP,
            PORT,
            IP_TYPE,
            PROTOCOL,
            PLACEHOLDER1,
            PLACEHOLDER2),
        Call.free(
            5,
            "serve_prometheus",
            29_760_000,
            SubtensorCalls::servePrometheus,
            NETUID,
            VERSION,
            IP,
            PORT,
            IP_TYPE),
        Call.paid(
            6,
            "register",
            354_200_000,
            (context, arguments) ->
                Registration.register(context, arguments.get(NETUID), arguments.get(HOTKEY)),
            NETUID,
            field("block_number", U64),
            field("nonce", U64),
            field("work", Shapes.BYTES),
            HOTKEY,
            field("coldkey", Shapes.ACCOUNT)),
        Call.paid(
            7,
            "burned_register",
            354_200_000,
            (context, arguments) ->
                Registration.register(context, arguments.get(NETUID), arguments.get(HOTKEY)),
            NETUID,
            HOTKEY),
        Call.free(
            40,
            "serve_axon_tls",
            32_510_000,
            SubtensorCalls::serveAxonTls,
            NETUID,
            VERSION,
            IP,
            PORT,
            IP_TYPE,
            PROTOCOL,
            PLACEHOLDER1,
            PLACEHOLDER2,
            CERTIFICATE),
        Call.paid(
            88,
            "add_stake_limit",
            439_200_000,
            SubtensorCalls::addStakeLimit,
            HOTKEY,
            NETUID,
            AMOUNT_STAKED,
            LIMIT_PRICE,
            ALLOW_PARTIAL),
        Call.paid(
            89,
            "remove_stake_limit",
            439_200_000,
            SubtensorCalls::removeStakeLimit,
            HOTKEY,
            NETUID,
            AMOUNT_UNSTAKED,
            LIMIT_PRICE,
            ALLOW_PARTIAL),
        Call.paid(
            134,
            "register_limit",
            354_200_000,
            (context, arguments) ->
                Registration.register(
                    context,
                    arguments.get(NETUID),
                    arguments.get(HOTKEY),
                    arguments.get(LIMIT_PRICE)),
            NETUID,
            HOTKEY,
            LIMIT_PRICE),
        Call.paid(139, "set_tempo", 26_730_000, SubtensorCalls::setTempo, NETUID, TEMPO),
        Call.free(
            96,
            "commit_weights",
            67_770_000,
            (context, arguments) -> commit(context, arguments, 0),
            NETUID,
            COMMIT_HASH),
        Call.free(
            97,
            "reveal_weights",
            15_540_000_000L,
            (context, arguments) -> reveal(context, arguments, 0),
            NETUID,
            UIDS,
            VALUES,
            SALT,
            VERSION_KEY),
        Call.free(
            113,
            "commit_timelocked_weights",
            83_450_000,
            (context, arguments) -> commitTimelocked(context, arguments, 0),
            NETUID,
            COMMIT,
            REVEAL_ROUND,
            COMMIT_REVEAL_VERSION),
        Call.free(
            115,
            "commit_mechanism_weights",
            67_770_000,
            (context, arguments) -> commit(context, arguments, arguments.get(MECHANISM)),
            NETUID,
            MECHANISM,
            COMMIT_HASH),
        Call.free(
            116,
            "reveal_mechanism_weights",
            15_540_000_000L,
            (context, arguments) -> reveal(context, arguments, arguments.get(MECHANISM)),
            NETUID,
            MECHANISM,
            UIDS,
            VALUES,
            SALT,
            VERSION_KEY),
        Call.free(
            118,
            "commit_timelocked_mechanism_weights",
            83_450_000,
            (context, arguments) -> commitTimelocked(context, arguments, arguments.get(MECHANISM)),
            NETUID,
            MECHANISM,
            COMMIT,
            REVEAL_ROUND,
            COMMIT_REVEAL_VERSION),
        Call.free(
            119,
            "set_mechanism_weights",
            15_540_000_000L,
            (context, arguments) -> setWeights(context, arguments, arguments.get(MECHANISM)),
            NETUID,
            MECHANISM,
            DESTS,
            WEIGHTS,
            VERSION_KEY));
  }

  static AxonInfo axon(Arguments arguments, long block) {
    return new AxonInfo(
        block,
        arguments.get(VERSION),
        arguments.get(IP),
        arguments.get(PORT),
        arguments.get(IP_TYPE),
        arguments.get(PROTOCOL),
        arguments.get(PLACEHOLDER1),
        arguments.get(PLACEHOLDER2));
  }

  static PrometheusInfo prometheus(Arguments arguments, long block) {
    return new PrometheusInfo(
        block,
        arguments.get(VERSION),
        arguments.get(IP),
        arguments.get(PORT),
        arguments.get(IP_TYPE));
  }

  static WeightSetting.Row revealed(Arguments arguments) {
    return new WeightSetting.Row(
        arguments.get(UIDS), arguments.get(VALUES), arguments.get(VERSION_KEY));
  }

  private static void setWeights(Context context, Arguments arguments, int mechanism) {
    WeightSetting.Row row =
        new WeightSetting.Row(
            arguments.get(DESTS), arguments.get(WEIGHTS), arguments.get(VERSION_KEY));
    WeightSetting.set(context, arguments.get(NETUID), mechanism, row);
  }

  private static void addStakeLimit(Context context, Arguments arguments) {
    SubtensorError.SLIPPAGE_TOO_HIGH.unless(
        Long.compareUnsigned(arguments.get(LIMIT_PRICE), Staking.PRICE_OF_ALPHA) >= 0);
    addStake(context, arguments);
  }

  private static void removeStakeLimit(Context context, Arguments arguments) {
    SubtensorError.SLIPPAGE_TOO_HIGH.unless(
        Long.compareUnsigned(arguments.get(LIMIT_PRICE), Staking.PRICE_OF_ALPHA) <= 0);
    removeStake(context, arguments);
  }

  /** What a subnet's owner may do without the root, in bounds. */
  private static void setTempo(Context context, Arguments arguments) {
    int netuid = arguments.get(NETUID);
    int tempo = arguments.get(TEMPO);
    AdminSetter.ensureOwnerOrRoot(context, netuid);
    SubtensorError.INVALID_VALUE.unless(tempo >= LEAST_TEMPO && tempo <= MOST_TEMPO);
    context.storage().put(Hyperparameters.TEMPO.at(netuid), tempo);
    context.deposit(SubtensorEvents.TEMPO_SET, netuid, tempo);
  }

  private static void addStake(Context context, Arguments arguments) {
    Staking.add(
        context, arguments.get(HOTKEY), arguments.get(NETUID), arguments.get(AMOUNT_STAKED));
  }

  private static void removeStake(Context context, Arguments arguments) {
    Staking.remove(
        context, arguments.get(HOTKEY), arguments.get(NETUID), arguments.get(AMOUNT_UNSTAKED));
  }

  private static void serveAxon(Context context, Arguments arguments) {
    Serving.axon(context, arguments.get(NETUID), axon(arguments, context.block()));
  }

  private static void serveAxonTls(Context context, Arguments arguments) {
    serveAxon(context, arguments);
    Serving.certificate(context, arguments.get(NETUID), arguments.get(CERTIFICATE));
  }

  private static void servePrometheus(Context context, Arguments arguments) {
    Serving.prometheus(context, arguments.get(NETUID), prometheus(arguments, context.block()));
  }

  private static void commit(Context context, Arguments arguments, int mechanism) {
    HashCommits.commit(context, arguments.get(NETUID), mechanism, arguments.get(COMMIT_HASH));
  }

  private static void reveal(Context context, Arguments arguments, int mechanism) {
    HashCommits.reveal(
        context, arguments.get(NETUID), mechanism, revealed(arguments), arguments.get(SALT));
  }

  private static void commitTimelocked(Context context, Arguments arguments, int mechanism) {
    TimelockedCommits.commit(
        context,
        arguments.get(NETUID),
        mechanism,
        arguments.get(COMMIT),
        arguments.get(REVEAL_ROUND),
        arguments.get(COMMIT_REVEAL_VERSION));
  }
}
