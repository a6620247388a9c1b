package dev.assay.localnet.chain.runtime;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.runtime.InvalidTransactionException.Reason;
import dev.assay.localnet.chain.substrate.SystemPallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code TaggedTransactionQueue}: whether the pool would take an extrinsic. polkadot-api asks this
 * before it submits one.
 */
final class ValidityApi {

  private static final String MODULE = "sp_runtime::transaction_validity::";
  private static final int CUSTOM = 7;

  private static final Field<Integer> SOURCE =
      field(
          "source", Shapes.plainEnum(MODULE + "TransactionSource", "InBlock", "Local", "External"));
  private static final Field<byte[]> EXTRINSIC =
      field(
          "tx",
          new Shape<>(
              SignedExtrinsicTypes.extrinsic(), 1, ScaleWriter::bytes, ValidityApi::extrinsic));
  private static final Field<Bytes32> BLOCK_HASH = field("block_hash", Shapes.HASH);

  private static final Shape<ValidTransaction> VALID =
      RecordShape.of(
          ValidTransaction.class,
          MODULE + "ValidTransaction",
          Shapes.U64,
          Shapes.vec(Shapes.BYTES),
          Shapes.vec(Shapes.BYTES),
          Shapes.U64,
          Shapes.BOOL);
  private static final Variant INVALID =
      new Variant(
          Shapes.path(MODULE + "InvalidTransaction"),
          List.of(),
          cases(
              List.of(
                  "Call",
                  "Payment",
                  "Future",
                  "Stale",
                  "BadProof",
                  "AncientBirthBlock",
                  "ExhaustsResources",
                  "Custom",
                  "BadMandatory",
                  "MandatoryValidation",
                  "BadSigner",
                  "IndeterminateImplicit",
                  "UnknownOrigin")));
  private static final Variant UNKNOWN =
      new Variant(
          Shapes.path(MODULE + "UnknownTransaction"),
          List.of(),
          cases(List.of("CannotLookup", "NoUnsignedValidator", "Custom")));
  private static final Variant ERROR =
      new Variant(
          Shapes.path(MODULE + "TransactionValidityError"),
          List.of(),
          List.of(
              new Case("Invalid", 0, List.of(Field.positional(INVALID))),
              new Case("Unknown", 1, List.of(Field.positional(UNKNOWN)))));
  private static final Shape<Answer> ANSWER =
      new Shape<>(
          new Variant(
              Shapes.path("Result"),
              List.of(
                  new Parameter("T", Optional.of(VALID.type())),
                  new Parameter("E", Optional.of(ERROR))),
              List.of(
                  new Case("Ok", 0, List.of(Field.unnamed(VALID).member())),
                  new Case("Err", 1, List.of(Field.positional(ERROR))))),
          2,
          ValidityApi::write,
          ValidityApi::unread);

  private final NodeRuntime runtime;

  private ValidityApi(NodeRuntime runtime) {
    this.runtime = runtime;
  }

  record ValidTransaction(
      long priority,
      List<byte[]> requires,
      List<byte[]> provides,
      long longevity,
      boolean propagate) {}

  /** One of the two. */
  record Answer(Optional<ValidTransaction> valid, Optional<InvalidTransactionException> invalid) {}

  static RuntimeApi api(NodeRuntime runtime) {
    ValidityApi api = new ValidityApi(runtime);
    return new RuntimeApi(
        "TaggedTransactionQueue",
        3,
        List.of(
            method("validate_transaction", ANSWER, api::validate, SOURCE, EXTRINSIC, BLOCK_HASH)));
  }

  private Answer validate(ApiContext context, Arguments arguments) {
    byte[] bytes = arguments.get(EXTRINSIC);
    try {
      SignedExtrinsic extrinsic = SignedExtrinsic.decode(bytes, runtime.codec());
      checkProof(context, extrinsic, arguments.get(BLOCK_HASH));
      long next = context.block() + 1;
      Validity validity = runtime.validate(extrinsic, context.storage(), next);
      return new Answer(Optional.of(valid(extrinsic, validity, next)), Optional.empty());
    } catch (InvalidTransactionException e) {
      return new Answer(Optional.empty(), Optional.of(e));
    }
  }

  // A block's own hash is not in its state; the caller names it.
  private void checkProof(ApiContext context, SignedExtrinsic extrinsic, Bytes32 block)
      throws InvalidTransactionException {
    Optional<Bytes32> genesis = hash(context, 0, block);
    Optional<Bytes32> birth =
        hash(context, extrinsic.mortality().birth(context.block() + 1), block);
    if (genesis.isEmpty() || birth.isEmpty()) {
      throw InvalidTransactionException.because(Reason.ANCIENT_BIRTH_BLOCK);
    }
    long specVersion = runtime.version().specVersion();
    long transactionVersion = runtime.version().transactionVersion();
    if (!extrinsic.proven(specVersion, transactionVersion, genesis.get(), birth.get())) {
      throw InvalidTransactionException.because(Reason.BAD_PROOF);
    }
  }

  private static Optional<Bytes32> hash(ApiContext context, long number, Bytes32 block) {
    return number == context.block()
        ? Optional.of(block)
        : SystemPallet.blockHash(context.storage(), number);
  }

  private static ValidTransaction valid(SignedExtrinsic extrinsic, Validity validity, long next) {
    List<byte[]> requires = new ArrayList<>();
    if (extrinsic.nonce() > validity.requires()) {
      requires.add(tag(extrinsic, extrinsic.nonce() - 1));
    }
    long longevity =
        validity.validUntil() == Long.MAX_VALUE - 1 ? -1 : validity.validUntil() - next;
    return new ValidTransaction(
        validity.priority(), requires, List.of(tag(extrinsic, extrinsic.nonce())), longevity, true);
  }

  private static byte[] tag(SignedExtrinsic extrinsic, long nonce) {
    return new ScaleWriter().bytes(extrinsic.signer().bytes()).u32(nonce).toByteArray();
  }

  private static void write(ScaleWriter out, Answer answer) {
    if (answer.valid().isPresent()) {
      out.u8(0).bytes(VALID.encode(answer.valid().get()));
      return;
    }
    out.bytes(encoded(answer.invalid().orElseThrow()));
  }

  /** {@code Err} of a {@code TransactionValidityError}. */
  static byte[] encoded(InvalidTransactionException failure) {
    ScaleWriter out = new ScaleWriter();
    if (failure.validity() < 0) {
      return out.u8(1).u8(1).u8(0).toByteArray();
    }
    out.u8(1).u8(0).u8(failure.validity());
    if (failure.validity() == CUSTOM) {
      out.u8(failure.custom());
    }
    return out.toByteArray();
  }

  private static Answer unread(ScaleReader in) {
    throw new ScaleException(in.offset(), "the node answers this type and never reads it");
  }

  private static byte[] extrinsic(ScaleReader in) {
    return new ScaleWriter().byteVec(in.byteVec()).toByteArray();
  }

  private static List<Case> cases(List<String> names) {
    List<Case> cases = new ArrayList<>();
    for (String name : names) {
      List<TypeNode.Member> members =
          name.equals("Custom") ? List.of(Field.unnamed(Shapes.U8).member()) : List.of();
      cases.add(new Case(name, cases.size(), members));
    }
    return cases;
  }
}
