package dev.assay.localnet.chain.drand;

import dev.assay.chain.scale.Bytes;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What {@code Drand} stores and takes. Apart from the pallet, whose items are made of it. */
public final class DrandTypes {
  private static final Bytes NOTHING = new Bytes(new byte[0]);

  private DrandTypes() {}

  /** One round of the beacon. */
  public record Pulse(long round, Bytes randomness, Bytes signature) {
    static final Shape<Pulse> SHAPE =
        RecordShape.of(
            Pulse.class, "pallet_drand::types::Pulse", Shapes.U64, bounded(32), bounded(144));
  }

  /** What a block brings in. */
  public record PulsesPayload(long blockNumber, List<Pulse> pulses, Bytes public_) {
    static final Shape<PulsesPayload> SHAPE =
        RecordShape.of(
            PulsesPayload.class,
            "pallet_drand::types::PulsesPayload",
            List.of(
                new Parameter("Public", Optional.of(signer().type())),
                new Parameter("BlockNumber", Optional.of(Shapes.U32.type()))),
            Shapes.U32,
            Shapes.vec(Pulse.SHAPE),
            signer());
  }

  record Metadata(Bytes beaconId) {
    static final Shape<Metadata> SHAPE =
        RecordShape.of(Metadata.class, "pallet_drand::types::Metadata", bounded(32));
  }

  record Configuration(
      Bytes publicKey,
      long period,
      long genesisTime,
      Bytes hash,
      Bytes groupHash,
      Bytes schemeId,
      Metadata metadata) {
    static final Shape<Configuration> SHAPE =
        RecordShape.of(
            Configuration.class,
            "pallet_drand::types::BeaconConfiguration",
            bounded(96),
            Shapes.U32,
            Shapes.U32,
            bounded(32),
            bounded(32),
            bounded(32),
            Metadata.SHAPE);
  }

  /** What the pallet takes for granted, as its metadata says. */
  static Configuration quicknet() {
    HexFormat hex = HexFormat.of();
    Configuration common = configuration(DrandChain.QUICKNET);
    return new Configuration(
        common.publicKey(),
        common.period(),
        common.genesisTime(),
        new Bytes(hex.parseHex("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971")),
        new Bytes(hex.parseHex("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e")),
        new Bytes("bls-unchained-g1-rfc9380".getBytes(StandardCharsets.US_ASCII)),
        new Metadata(new Bytes("quicknet".getBytes(StandardCharsets.US_ASCII))));
  }

  static Configuration configuration(DrandChain beacon) {
    return new Configuration(
        new Bytes(beacon.publicKey().bytes()),
        beacon.period().toSeconds(),
        beacon.genesis().getEpochSecond(),
        NOTHING,
        NOTHING,
        NOTHING,
        new Metadata(NOTHING));
  }

  private static Shape<Bytes> bounded(int limit) {
    return Shapes.boundedBytes(limit).as(Bytes::new, Bytes::raw);
  }

  /** {@code MultiSigner}, as its bytes. */
  private static Shape<Bytes> signer() {
    return tagged("sp_runtime::MultiSigner", "Ed25519", 32, "Sr25519", 32, "Ecdsa", 33);
  }

  /** {@code MultiSignature}, as its bytes. */
  static Shape<Bytes> signature() {
    return tagged("sp_runtime::MultiSignature", "Ed25519", 64, "Sr25519", 64, "Ecdsa", 65);
  }

  private static Shape<Bytes> tagged(
      String path, String name0, int size0, String name1, int size1, String name2, int size2) {
    List<Case> cases =
        List.of(
            new Case(name0, 0, List.of(Field.unnamed(Shapes.byteArray(size0)).member())),
            new Case(name1, 1, List.of(Field.unnamed(Shapes.byteArray(size1)).member())),
            new Case(name2, 2, List.of(Field.unnamed(Shapes.byteArray(size2)).member())));
    TypeNode type = new Variant(Shapes.path(path), List.of(), cases);
    return new Shape<>(
        type,
        size0 + 1,
        (out, value) -> out.bytes(value.raw()),
        in -> {
          int tag = in.u8();
          byte[] value = in.bytes(tag == 2 ? size2 : size0);
          byte[] all = new byte[value.length + 1];
          all[0] = (byte) tag;
          System.arraycopy(value, 0, all, 1, value.length);
          return new Bytes(all);
        });
  }
}
