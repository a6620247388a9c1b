package dev.assay.chain.extrinsic;

import dev.assay.chain.metadata.Metadata;
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
    int first = module.field("error").asBytes()[0] & 0xff;
    return metadata.errorName(module.field("index").asInt(), first);
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
