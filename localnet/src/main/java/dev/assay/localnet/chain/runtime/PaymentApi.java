package dev.assay.localnet.chain.runtime;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.DispatchInfo;
import dev.assay.localnet.chain.pallet.Weight;
import dev.assay.localnet.chain.substrate.TransactionPaymentPallet;
import dev.assay.localnet.chain.substrate.TransactionPaymentPallet.Fee;
import java.util.List;
import java.util.Optional;

/** {@code TransactionPaymentApi}: what an extrinsic would cost. */
final class PaymentApi {
  private static final List<Parameter> BALANCE =
      List.of(new Parameter("Balance", Optional.of(Shapes.U64.type())));

  private static final Shape<RuntimeDispatchInfo> INFO =
      RecordShape.of(
          RuntimeDispatchInfo.class,
          "pallet_transaction_payment::types::RuntimeDispatchInfo",
          List.of(
              new Parameter("Balance", Optional.of(Shapes.U64.type())),
              new Parameter("Weight", Optional.of(Weight.SHAPE.type()))),
          Weight.SHAPE,
          DispatchInfo.classShape(),
          Shapes.U64);
  private static final Shape<InclusionFee> INCLUSION_FEE =
      RecordShape.of(
          InclusionFee.class,
          "pallet_transaction_payment::types::InclusionFee",
          BALANCE,
          Shapes.U64,
          Shapes.U64,
          Shapes.U64);
  private static final Shape<FeeDetails> DETAILS =
      RecordShape.of(
          FeeDetails.class,
          "pallet_transaction_payment::types::FeeDetails",
          BALANCE,
          Shapes.option(INCLUSION_FEE),
          Shapes.U64);

  private static final Field<byte[]> EXTRINSIC =
      field(
          "uxt",
          new Shape<>(
              SignedExtrinsicTypes.extrinsic(), 1, ScaleWriter::bytes, PaymentApi::extrinsic));
  private static final Field<Long> LENGTH = field("len", Shapes.U32);

  private static final Field<Weight> WEIGHT = field("weight", Weight.SHAPE);
  private static final Field<Long> FOR_LENGTH = field("length", Shapes.U32);

  private final NodeRuntime runtime;

  private PaymentApi(NodeRuntime runtime) {
    this.runtime = runtime;
  }

  record RuntimeDispatchInfo(Weight weight, int class_, long partialFee) {}

  record InclusionFee(long baseFee, long lenFee, long adjustedWeightFee) {}

  record FeeDetails(Optional<InclusionFee> inclusionFee, long tip) {}

  static RuntimeApi api(NodeRuntime runtime) {
    PaymentApi api = new PaymentApi(runtime);
    return new RuntimeApi(
        "TransactionPaymentApi",
        4,
        List.of(
            method("query_info", INFO, api::info, EXTRINSIC, LENGTH),
            method("query_fee_details", DETAILS, api::details, EXTRINSIC, LENGTH),
            method(
                "query_weight_to_fee",
                Shapes.U64,
                (context, arguments) ->
                    TransactionPaymentPallet.weightFee(arguments.get(WEIGHT).refTime()),
                WEIGHT),
            method(
                "query_length_to_fee",
                Shapes.U64,
                (context, arguments) -> arguments.get(FOR_LENGTH),
                FOR_LENGTH)));
  }

  private RuntimeDispatchInfo info(ApiContext context, Arguments arguments) {
    SignedExtrinsic extrinsic = decode(arguments);
    return new RuntimeDispatchInfo(runtime.weight(extrinsic.call()), 0, runtime.fee(extrinsic));
  }

  private FeeDetails details(ApiContext context, Arguments arguments) {
    SignedExtrinsic extrinsic = decode(arguments);
    if (!runtime.pays(extrinsic.call())) {
      return new FeeDetails(Optional.empty(), extrinsic.tip());
    }
    Fee fee = runtime.feeParts(extrinsic);
    InclusionFee parts = new InclusionFee(fee.base(), fee.length(), fee.weight());
    return new FeeDetails(Optional.of(parts), extrinsic.tip());
  }

  private SignedExtrinsic decode(Arguments arguments) {
    try {
      return SignedExtrinsic.decode(arguments.get(EXTRINSIC), runtime.codec());
    } catch (InvalidTransactionException e) {
      throw new ScaleException(0, e.title());
    }
  }

  private static byte[] extrinsic(ScaleReader in) {
    return new ScaleWriter().byteVec(in.byteVec()).toByteArray();
  }
}
