package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;

import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.subtensor.Staking;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.util.List;

/**
 * {@code SwapRuntimeApi}: what alpha costs. A subnet's alpha is worth as much as TAO here, and
 * {@link Staking} changes one for the other without fee, which is what the simulations say.
 */
public final class SwapApi {
  private static final Field<Integer> NETUID = field("netuid", U16);
  private static final Field<Long> TAO = field("tao", U64);
  private static final Field<Long> ALPHA = field("alpha", U64);

  private static final Shape<Swap> SWAP =
      RecordShape.of(
          Swap.class,
          "pallet_subtensor_swap_runtime_api::SimSwapResult",
          U64,
          U64,
          U64,
          U64,
          U64,
          U64);
  private static final Shape<Price> PRICE =
      RecordShape.of(Price.class, "pallet_subtensor_swap_runtime_api::SubnetPrice", U16, U64);

  private SwapApi() {}

  private record Swap(
      long taoAmount,
      long alphaAmount,
      long taoFee,
      long alphaFee,
      long taoSlippage,
      long alphaSlippage) {
    static Swap of(long amount) {
      return new Swap(amount, amount, 0, 0, 0, 0);
    }
  }

  private record Price(int netuid, long price) {}

  /** The API. */
  public static RuntimeApi api() {
    return new RuntimeApi(
        "SwapRuntimeApi",
        1,
        List.of(
            method(
                "current_alpha_price", U64, (context, arguments) -> Staking.PRICE_OF_ALPHA, NETUID),
            method(
                "current_alpha_price_all",
                Shapes.vec(PRICE),
                (context, arguments) ->
                    Subnets.netuids(context.storage()).stream()
                        .map(netuid -> new Price(netuid, Staking.PRICE_OF_ALPHA))
                        .toList()),
            method(
                "sim_swap_tao_for_alpha",
                SWAP,
                (context, arguments) -> Swap.of(arguments.get(TAO)),
                NETUID,
                TAO),
            method(
                "sim_swap_alpha_for_tao",
                SWAP,
                (context, arguments) -> Swap.of(arguments.get(ALPHA)),
                NETUID,
                ALPHA)));
  }
}
