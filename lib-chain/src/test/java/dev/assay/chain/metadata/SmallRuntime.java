package dev.assay.chain.metadata;

import static dev.assay.chain.metadata.MetadataBuilder.field;
import static dev.assay.chain.metadata.MetadataBuilder.map;
import static dev.assay.chain.metadata.MetadataBuilder.plain;
import static dev.assay.chain.metadata.MetadataBuilder.variant;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A runtime with what the client's tests touch of Bittensor: the same names, hashers and shapes,
 * few of them.
 */
public final class SmallRuntime {
  private static final int BLAKE2_128_CONCAT = 2;
  private static final int TWOX_64_CONCAT = 5;
  private static final int IDENTITY = 6;

  private SmallRuntime() {}

  /** Its metadata in a version from 14 to 16. */
  public static byte[] metadata(int version) {
    return metadata(version, 0, IDENTITY);
  }

  /** The same after an upgrade: the call has another index, and the tempos lie at other keys. */
  public static byte[] upgraded(int version) {
    return metadata(version, 5, TWOX_64_CONCAT);
  }

  private static byte[] metadata(int version, int setWeights, int tempoHasher) {
    MetadataBuilder builder = new MetadataBuilder(version);
    int u8 = builder.primitive(Type.Primitive.U8);
    int u16 = builder.primitive(Type.Primitive.U16);
    int u32 = builder.primitive(Type.Primitive.U32);
    int u64 = builder.primitive(Type.Primitive.U64);
    int u128 = builder.primitive(Type.Primitive.U128);
    int empty = builder.tuple();
    int bytes32 = builder.array(32, u8);
    int account = builder.composite("sp_core::crypto::AccountId32", field("", bytes32));
    int netuid = builder.composite("subtensor::NetUid", field("", u16));
    int weights = builder.sequence(builder.tuple(u16, u16));
    int hash = builder.composite("primitive_types::H256", field("", bytes32));

    system(builder, u8, u32, u64, u128, account, hash);
    int list = builder.sequence(u16);
    int text = builder.sequence(u8);
    int identity =
        builder.composite(
            "pallet_subtensor::ChainIdentityV2", field("name", text), field("url", text));
    int calls =
        builder.enumeration(
            "pallet_subtensor::Call",
            variant(
                "set_weights",
                setWeights,
                field("netuid", netuid),
                field("dests", list),
                field("weights", list),
                field("version_key", u64)));
    int errors =
        builder.enumeration(
            "pallet_subtensor::Error", variant("First", 0), variant("SettingWeightsTooFast", 7));
    builder.pallet(
        "SubtensorModule",
        7,
        List.of(
            map("IdentitiesV2", true, List.of(BLAKE2_128_CONCAT), account, identity),
            map("SubnetIdentitiesV3", true, List.of(BLAKE2_128_CONCAT), netuid, identity),
            map("Weights", false, List.of(IDENTITY, IDENTITY), builder.tuple(netuid, u16), weights),
            new MetadataBuilder.Entry(
                "Tempo", false, List.of(tempoHasher), netuid, u16, Value.of(new byte[] {0x68, 1}))),
        Optional.of(calls),
        Optional.empty(),
        Optional.of(errors),
        Map.of("InitialTempo", new byte[] {0x68, 1, 0, 0}));
    commitments(builder, u32, u64, netuid, account);
    builder.api("SubnetInfoRuntimeApi", "get_twice", List.of(builder.compact(netuid)), u64);
    extensions(builder, empty, u8, u32, u64, hash);
    return builder.bytes();
  }

  private static void system(
      MetadataBuilder builder, int u8, int u32, int u64, int u128, int account, int hash) {
    int moduleError =
        builder.composite("ModuleError", field("index", u8), field("error", builder.array(4, u8)));
    int dispatchError =
        builder.enumeration(
            "sp_runtime::DispatchError",
            variant("BadOrigin", 2),
            variant("Module", 3, field("", moduleError)));
    int systemEvent =
        builder.enumeration(
            "frame_system::Event",
            variant("ExtrinsicSuccess", 0),
            variant("ExtrinsicFailed", 1, field("dispatch_error", dispatchError)));
    int event = builder.enumeration("RuntimeEvent", variant("System", 0, field("", systemEvent)));
    int phase =
        builder.enumeration(
            "frame_system::Phase",
            variant("ApplyExtrinsic", 0, field("", u32)),
            variant("Finalization", 1));
    int eventRecord =
        builder.composite(
            "frame_system::EventRecord",
            field("phase", phase),
            field("event", event),
            field("topics", builder.sequence(hash)));
    int data =
        builder.composite(
            "AccountData",
            field("free", u64),
            field("reserved", u64),
            field("frozen", u64),
            field("flags", u128));
    int accountInfo =
        builder.composite(
            "AccountInfo",
            field("nonce", u32),
            field("consumers", u32),
            field("providers", u32),
            field("sufficients", u32),
            field("data", data));
    builder.pallet(
        "System",
        0,
        List.of(
            plain("Events", builder.sequence(eventRecord), new byte[] {0}),
            new MetadataBuilder.Entry(
                "Account",
                false,
                List.of(BLAKE2_128_CONCAT),
                account,
                accountInfo,
                Value.of(new byte[56]))),
        Optional.empty(),
        Optional.of(systemEvent),
        Optional.empty(),
        Map.of());
  }

  private static void commitments(
      MetadataBuilder builder, int u32, int u64, int netuid, int account) {
    int u8 = builder.primitive(Type.Primitive.U8);
    int data =
        builder.enumeration(
            "pallet_commitments::Data",
            variant("None", 0),
            variant("Raw3", 4, field("", builder.array(3, u8))),
            variant("Raw128", 129, field("", builder.array(128, u8))),
            variant("Sha256", 131, field("", builder.array(32, u8))));
    int info =
        builder.composite(
            "CommitmentInfo",
            field("fields", builder.composite("BoundedVec", field("", builder.sequence(data)))));
    int registration =
        builder.composite(
            "Registration", field("deposit", u64), field("block", u32), field("info", info));
    builder.pallet(
        "Commitments",
        18,
        List.of(
            map(
                "CommitmentOf",
                true,
                List.of(IDENTITY, TWOX_64_CONCAT),
                builder.tuple(netuid, account),
                registration),
            map(
                "RevealedCommitments",
                true,
                List.of(IDENTITY, TWOX_64_CONCAT),
                builder.tuple(netuid, account),
                builder.sequence(builder.tuple(builder.sequence(u8), u64)))),
        Optional.of(
            builder.enumeration(
                "pallet_commitments::Call",
                variant("set_commitment", 0, field("netuid", netuid), field("info", info)))),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static void extensions(
      MetadataBuilder builder, int empty, int u8, int u32, int u64, int hash) {
    int era = builder.enumeration("Era", variant("Immortal", 0), variant("Mortal1", 1));
    builder
        .extension("CheckNonZeroSender", empty, empty)
        .extension("CheckSpecVersion", empty, u32)
        .extension("CheckTxVersion", empty, u32)
        .extension("CheckGenesis", empty, hash)
        .extension("CheckMortality", era, hash)
        .extension("CheckNonce", builder.compact(u32), empty)
        .extension("CheckWeight", empty, empty)
        .extension("ChargeTransactionPayment", builder.compact(u64), empty)
        .extension("DrandPriority", builder.composite("DrandPriority"), empty)
        .extension("CheckMetadataHash", u8, builder.option(hash));
  }
}
