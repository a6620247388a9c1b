package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Composite;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import dev.assay.localnet.chain.substrate.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types around a call in a signed extrinsic. */
public final class SignedExtrinsicTypes {
  static final TypeNode RUNTIME =
      new Composite(Shapes.path("node_subtensor_runtime::Runtime"), List.of(), List.of());

  static final TypeNode SIGNATURE =
      new Variant(
          Shapes.path("sp_runtime::MultiSignature"),
          List.of(),
          List.of(
              new Case("Ed25519", 0, List.of(Field.unnamed(Shapes.byteArray(64)).member())),
              new Case("Sr25519", 1, List.of(Field.unnamed(Shapes.byteArray(64)).member())),
              new Case("Ecdsa", 2, List.of(Field.unnamed(Shapes.byteArray(65)).member()))));

  private static final TypeNode ERA = era();

  /** The transaction extensions, in the order in which they are signed. */
  static final List<Extension> EXTENSIONS =
      List.of(
          empty("CheckNonZeroSender", "frame_system::extensions::check_non_zero_sender", null),
          empty("CheckSpecVersion", "frame_system::extensions::check_spec_version", Shapes.U32),
          empty("CheckTxVersion", "frame_system::extensions::check_tx_version", Shapes.U32),
          empty("CheckGenesis", "frame_system::extensions::check_genesis", Shapes.HASH),
          holding(
              "CheckMortality",
              "node_subtensor_runtime::check_mortality",
              Field.positional(ERA),
              Shapes.HASH),
          holding(
              "CheckNonce",
              "node_subtensor_runtime::check_nonce",
              Field.unnamed(Shapes.COMPACT_U32).member(),
              null),
          empty("CheckWeight", "frame_system::extensions::check_weight", null),
          holding(
              "ChargeTransactionPayment",
              "pallet_transaction_payment",
              Field.unnamed(Shapes.COMPACT_U64).member(),
              null),
          ofRuntime("SudoTransactionExtension", "node_subtensor_runtime::sudo_wrapper"),
          ofRuntime("CheckShieldedTxValidity", "pallet_shield::extension"),
          ofRuntime("SubtensorTransactionExtension", "pallet_subtensor::extensions::subtensor"),
          ofRuntime("DrandPriority", "pallet_drand::drand_priority"),
          metadataHash());

  private SignedExtrinsicTypes() {}

  /** All extensions as the tuple that an extrinsic holds. */
  static TypeNode extra() {
    return new TypeNode.Tuple(EXTENSIONS.stream().map(Extension::type).toList());
  }

  /** The extrinsic as metadata of version 14 names it. */
  public static TypeNode extrinsic() {
    return new Composite(
        Shapes.path("sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic"),
        List.of(
            new Parameter("Address", Optional.of(Address.SHAPE.type())),
            new Parameter("Call", Optional.of(new TypeNode.OuterCall())),
            new Parameter("Signature", Optional.of(SIGNATURE)),
            new Parameter("Extra", Optional.of(extra()))),
        List.of(Field.unnamed(Shapes.BYTES).member()));
  }

  private static Extension empty(String identifier, String module, Shape<?> additional) {
    return extension(identifier, module, Optional.empty(), List.of(), additional);
  }

  private static Extension holding(
      String identifier, String module, TypeNode.Member member, Shape<?> additional) {
    return extension(identifier, module, Optional.empty(), List.of(member), additional);
  }

  private static Extension ofRuntime(String identifier, String module) {
    return extension(identifier, module, Optional.of(RUNTIME), List.of(), null);
  }

  private static Extension extension(
      String identifier,
      String module,
      Optional<TypeNode> generic,
      List<TypeNode.Member> members,
      Shape<?> additional) {
    List<Parameter> parameters = List.of(new Parameter("T", generic));
    TypeNode type = new Composite(Shapes.path(module + "::" + identifier), parameters, members);
    TypeNode signed = additional == null ? Shapes.UNIT.type() : additional.type();
    return new Extension(identifier, type, signed);
  }

  private static Extension metadataHash() {
    Shape<Integer> mode =
        Shapes.plainEnum("frame_metadata_hash_extension::Mode", "Disabled", "Enabled");
    return extension(
        "CheckMetadataHash",
        "frame_metadata_hash_extension",
        Optional.empty(),
        List.of(Field.field("mode", mode).member()),
        Shapes.option(Shapes.byteArray(32)));
  }

  private static TypeNode era() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("Immortal", 0, List.of()));
    for (int first = 1; first < 256; first++) {
      cases.add(new Case("Mortal" + first, first, List.of(Field.unnamed(Shapes.U8).member())));
    }
    return new Variant(Shapes.path("sp_runtime::generic::era::Era"), List.of(), cases);
  }
}
