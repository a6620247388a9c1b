package dev.assay.localnet.chain.substrate;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchException;
import java.util.List;
import java.util.Optional;

/**
 * A {@code MultiAddress}.
 *
 * @param account the account; empty for the forms that this chain, like the real one, can't resolve
 */
public record Address(Optional<AccountId> account) {

  /** {@code sp_runtime::multiaddress::MultiAddress}. */
  public static final Shape<Address> SHAPE = new Shape<>(type(), 2, Address::write, Address::read);

  /** Reads any form. */
  public static Address read(ScaleReader in) {
    int form = in.u8();
    if (form == 0) {
      return new Address(Optional.of(AccountId.of(in.bytes(32))));
    }
    switch (form) {
      case 1 -> in.compact();
      case 2 -> in.byteVec();
      case 3 -> in.skip(32);
      case 4 -> in.skip(20);
      default -> throw new ScaleException(in.offset(), "no form of address: " + form);
    }
    return new Address(Optional.empty());
  }

  private static void write(ScaleWriter out, Address address) {
    AccountId account =
        address.account.orElseThrow(() -> new IllegalArgumentException("not an account"));
    out.u8(0).bytes(account.bytes());
  }

  private static TypeNode type() {
    return new Variant(
        Shapes.path("sp_runtime::multiaddress::MultiAddress"),
        List.of(
            new Parameter("AccountId", Optional.of(Shapes.ACCOUNT.type())),
            new Parameter("AccountIndex", Optional.of(Shapes.UNIT.type()))),
        List.of(
            new Case("Id", 0, List.of(Field.unnamed(Shapes.ACCOUNT).member())),
            new Case(
                "Index", 1, List.of(Field.positional(new TypeNode.Compact(Shapes.UNIT.type())))),
            new Case("Raw", 2, List.of(Field.unnamed(Shapes.BYTES).member())),
            new Case("Address32", 3, List.of(Field.unnamed(Shapes.byteArray(32)).member())),
            new Case("Address20", 4, List.of(Field.unnamed(Shapes.byteArray(20)).member()))));
  }

  /**
   * The account.
   *
   * @throws DispatchException {@code CannotLookup} when there is none
   */
  AccountId resolved() {
    return account.orElseThrow(
        () -> new DispatchException(DispatchError.CANNOT_LOOKUP, "CannotLookup"));
  }
}
