package dev.assay.chain.extrinsic;

import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.ShapeException;
import dev.assay.chain.metadata.Value;

/** The name of what made a dispatch fail. */
final class DispatchError {
  private DispatchError() {}

  /** {@code Pallet.Error} of a pallet's error, else the variants' names, as in {@code Token.…}. */
  static String name(Value error, Metadata metadata) {
    Value.Variant variant = error.asVariant();
    if (!variant.name().equals("Module")) {
      return nested(variant);
    }
    Value module = variant.find("index").isPresent() ? variant : variant.at(0);
    byte[] index = module.field("error").asBytes();
    if (index.length == 0) {
      throw new ShapeException("the dispatch error of a pallet comes without its index");
    }
    return metadata.errorName(module.field("index").asInt(), index[0] & 0xff);
  }

  private static String nested(Value.Variant variant) {
    Value fields = variant.fields();
    boolean more =
        fields instanceof Value.Sequence
            && fields.asList().size() == 1
            && fields.at(0) instanceof Value.Variant;
    return more ? variant.name() + "." + nested(fields.at(0).asVariant()) : variant.name();
  }
}
