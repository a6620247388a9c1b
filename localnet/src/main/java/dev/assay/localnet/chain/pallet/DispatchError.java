package dev.assay.localnet.chain.pallet;

import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Composite;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import java.util.List;

/**
 * Why a call failed, as Substrate encodes it.
 *
 * @param kind the case of {@code sp_runtime::DispatchError}
 * @param detail what follows the case: a pallet and an error, or the case of an inner enum
 */
public record DispatchError(int kind, Bytes detail) {
  private static final Bytes NOTHING = new Bytes(new byte[0]);

  /** {@code BadOrigin}: not the account, or not the root, that the call needs. */
  public static final DispatchError BAD_ORIGIN = new DispatchError(2, NOTHING);

  /** {@code CannotLookup}: an address of a form that this chain doesn't resolve. */
  public static final DispatchError CANNOT_LOOKUP = new DispatchError(1, NOTHING);

  /** {@code Token(FundsUnavailable)}. */
  public static final DispatchError FUNDS_UNAVAILABLE =
      new DispatchError(7, new Bytes(new byte[] {0}));

  /** {@code Token(BelowMinimum)}. */
  public static final DispatchError BELOW_MINIMUM = new DispatchError(7, new Bytes(new byte[] {2}));

  /** {@code Token(NotExpendable)}. */
  public static final DispatchError NOT_EXPENDABLE =
      new DispatchError(7, new Bytes(new byte[] {8}));

  /** {@code Arithmetic(Overflow)}. */
  public static final DispatchError OVERFLOW = new DispatchError(8, new Bytes(new byte[] {1}));

  /** {@code Other}. */
  public static final DispatchError OTHER = new DispatchError(0, NOTHING);

  private static final int MODULE = 3;

  static final Shape<Integer> TOKEN =
      Shapes.plainEnum(
          "sp_runtime::TokenError",
          "FundsUnavailable",
          "OnlyProvider",
          "BelowMinimum",
          "CannotCreate",
          "UnknownAsset",
          "Frozen",
          "Unsupported",
          "CannotCreateHold",
          "NotExpendable",
          "Blocked");
  static final Shape<Integer> ARITHMETIC =
      Shapes.plainEnum("sp_arithmetic::ArithmeticError", "Underflow", "Overflow", "DivisionByZero");
  static final Shape<Integer> TRANSACTIONAL =
      Shapes.plainEnum("sp_runtime::TransactionalError", "LimitReached", "NoLayer");
  static final Shape<Integer> TRIE =
      Shapes.plainEnum(
          "sp_runtime::proving_trie::TrieError",
          "InvalidStateRoot",
          "IncompleteDatabase",
          "ValueAtIncompleteKey",
          "DecoderError",
          "InvalidHash",
          "DuplicateKey",
          "ExtraneousNode",
          "ExtraneousValue",
          "ExtraneousHashReference",
          "InvalidChildReference",
          "ValueMismatch",
          "IncompleteProof",
          "RootMismatch",
          "DecodeError");

  private static final Composite MODULE_ERROR =
      new Composite(
          Shapes.path("sp_runtime::ModuleError"),
          List.of(),
          List.of(
              Field.field("index", Shapes.U8).member(),
              Field.field("error", Shapes.byteArray(4)).member()));

  /** {@code sp_runtime::DispatchError}. */
  public static final Shape<DispatchError> SHAPE =
      new Shape<>(
          new Variant(
              Shapes.path("sp_runtime::DispatchError"),
              List.of(),
              List.of(
                  new Case("Other", 0, List.of()),
                  new Case("CannotLookup", 1, List.of()),
                  new Case("BadOrigin", 2, List.of()),
                  new Case("Module", 3, List.of(Field.positional(MODULE_ERROR))),
                  new Case("ConsumerRemaining", 4, List.of()),
                  new Case("NoProviders", 5, List.of()),
                  new Case("TooManyConsumers", 6, List.of()),
                  new Case("Token", 7, List.of(Field.unnamed(TOKEN).member())),
                  new Case("Arithmetic", 8, List.of(Field.unnamed(ARITHMETIC).member())),
                  new Case("Transactional", 9, List.of(Field.unnamed(TRANSACTIONAL).member())),
                  new Case("Exhausted", 10, List.of()),
                  new Case("Corruption", 11, List.of()),
                  new Case("Unavailable", 12, List.of()),
                  new Case("RootNotAllowed", 13, List.of()),
                  new Case("Trie", 14, List.of(Field.unnamed(TRIE).member())))),
          1,
          DispatchError::write,
          DispatchError::read);

  /** An error that a pallet names. */
  public static DispatchError module(int pallet, int error) {
    return new DispatchError(MODULE, new Bytes(new byte[] {(byte) pallet, (byte) error, 0, 0, 0}));
  }

  /** Whether this is the pallet's error of that index. */
  public boolean is(PalletError error) {
    return kind == MODULE
        && (detail.raw()[0] & 0xff) == error.pallet()
        && (detail.raw()[1] & 0xff) == error.index();
  }

  private static void write(ScaleWriter out, DispatchError error) {
    out.u8(error.kind).bytes(error.detail.raw());
  }

  private static DispatchError read(ScaleReader in) {
    int kind = in.u8();
    int length =
        switch (kind) {
          case MODULE -> 5;
          case 7, 8, 9, 14 -> 1;
          default -> 0;
        };
    return new DispatchError(kind, new Bytes(in.bytes(length)));
  }
}
