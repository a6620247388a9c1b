package dev.assay.localnet.chain.substrate;

import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.Weight;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import java.math.BigInteger;
import java.util.List;

/**
 * {@code TransactionPayment}: a base fee, one rao a byte, and a rao for every 2000 picoseconds of
 * declared weight.
 */
public final class TransactionPaymentPallet {
  private static final int INDEX = 6;
  private static final long BASE_WEIGHT = 108_157_000;
  private static final long WEIGHT_PER_RAO = 2_000;
  private static final PalletStorage STORAGE = new PalletStorage("TransactionPayment");
  private static final Events EVENTS = new Events(INDEX);

  static final Plain<BigInteger> NEXT_FEE_MULTIPLIER =
      STORAGE.plain(
          "NextFeeMultiplier",
          Shapes.wrapper("sp_arithmetic::fixed_point::FixedU128", Shapes.U128),
          BigInteger.TEN.pow(18));

  static final EventType FEE_PAID =
      EVENTS.named(
          0,
          "TransactionFeePaid",
          field("who", Shapes.ACCOUNT),
          field("actual_fee", Shapes.U64),
          field("tip", Shapes.U64));

  private TransactionPaymentPallet() {}

  /**
   * The parts of a fee, in rao.
   *
   * @param base the same for every extrinsic
   * @param length for its bytes
   * @param weight for its declared weight
   */
  public record Fee(long base, long length, long weight) {
    /** All of it. */
    public long total() {
      return base + length + weight;
    }
  }

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "TransactionPayment",
        INDEX,
        "pallet_transaction_payment",
        1,
        STORAGE.items(),
        List.of(),
        EVENTS.types(),
        List.of(),
        List.of(new Constant<>("OperationalFeeMultiplier", Shapes.U8, 5)));
  }

  /** What an extrinsic of that length and weight costs. */
  public static Fee fee(long length, Weight weight) {
    return new Fee(weightFee(BASE_WEIGHT), length, weightFee(weight.refTime()));
  }

  /** What a weight alone costs. */
  public static long weightFee(long refTime) {
    return refTime / WEIGHT_PER_RAO;
  }

  /** Says what was paid. */
  public static void paid(Context context, AccountId account, long fee, long tip) {
    context.deposit(FEE_PAID, account, fee, tip);
  }
}
