package dev.assay.localnet.chain.substrate;

import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** What {@code System.Account} keeps about an account. */
public record AccountInfo(long nonce, long consumers, long providers, long sufficients, Data data) {

  /** Its balance, in rao. */
  public record Data(long free, long reserved, long frozen, BigInteger flags) {
    static final Shape<Data> SHAPE =
        RecordShape.of(
            Data.class,
            "pallet_balances::types::AccountData",
            List.of(new Parameter("Balance", Optional.of(Shapes.U64.type()))),
            Shapes.U64,
            Shapes.U64,
            Shapes.U64,
            Shapes.wrapper("pallet_balances::types::ExtraFlags", Shapes.U128));
  }

  static final Shape<AccountInfo> SHAPE =
      RecordShape.of(
          AccountInfo.class,
          "frame_system::AccountInfo",
          List.of(
              new Parameter("Nonce", Optional.of(Shapes.U32.type())),
              new Parameter("AccountData", Optional.of(Data.SHAPE.type()))),
          Shapes.U32,
          Shapes.U32,
          Shapes.U32,
          Shapes.U32,
          Data.SHAPE);

  /** The bit that newer runtimes set in an account's flags once they have seen it. */
  private static final BigInteger NEW_LOGIC = BigInteger.ONE.shiftLeft(127);

  static final AccountInfo ABSENT = new AccountInfo(0, 0, 0, 0, new Data(0, 0, 0, NEW_LOGIC));

  AccountInfo withNonce(long next) {
    return new AccountInfo(next, consumers, providers, sufficients, data);
  }

  AccountInfo withFree(long free) {
    Data changed = new Data(free, data.reserved(), data.frozen(), NEW_LOGIC);
    return new AccountInfo(nonce, consumers, free > 0 ? 1 : 0, sufficients, changed);
  }
}
