package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;

/**
 * What an extrinsic weighed.
 *
 * @param dispatchClass 0 normal, 1 operational, 2 mandatory
 * @param paysFee 0 yes, 1 no
 */
public record DispatchInfo(Weight weight, int dispatchClass, int paysFee) {
  /** The class of what a block must contain. */
  public static final int MANDATORY = 2;

  static final Shape<Integer> CLASS =
      Shapes.plainEnum(
          "frame_support::dispatch::DispatchClass", "Normal", "Operational", "Mandatory");

  public static final Shape<DispatchInfo> SHAPE = shape();

  /** {@code frame_support::dispatch::DispatchClass}. */
  public static Shape<Integer> classShape() {
    return CLASS;
  }

  private static Shape<DispatchInfo> shape() {
    record DispatchEventInfo(Weight weight, int class_, int paysFee) {}

    Shape<Integer> pays = Shapes.plainEnum("frame_support::dispatch::Pays", "Yes", "No");
    return RecordShape.of(
            DispatchEventInfo.class, "frame_system::DispatchEventInfo", Weight.SHAPE, CLASS, pays)
        .as(
            raw -> new DispatchInfo(raw.weight(), raw.class_(), raw.paysFee()),
            info -> new DispatchEventInfo(info.weight(), info.dispatchClass(), info.paysFee()));
  }
}
