package dev.assay.chain.extrinsic;

import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.TransactionExtension;
import dev.assay.chain.scale.ScaleWriter;

/**
 * Walks the runtime's transaction extensions in its order. What each known one adds is Substrate's
 * own definition; an unknown one is accepted only if it adds nothing.
 */
final class Extensions {
  private final ScaleWriter explicit = new ScaleWriter();
  private final ScaleWriter implicit = new ScaleWriter();

  private Extensions() {}

  /**
   * @throws UnsupportedExtensionException if the runtime asks for what is not known here
   */
  static Extensions of(Metadata metadata, SigningTerms terms) {
    Extensions extensions = new Extensions();
    for (TransactionExtension extension : metadata.extensions()) {
      extensions.add(extension, metadata, terms);
    }
    return extensions;
  }

  /** What stands in the extrinsic, and is signed. */
  byte[] explicit() {
    return explicit.toByteArray();
  }

  /** What is signed only. */
  byte[] implicit() {
    return implicit.toByteArray();
  }

  private void add(TransactionExtension extension, Metadata metadata, SigningTerms terms) {
    switch (extension.identifier()) {
      case "CheckSpecVersion" -> implicit.u32(terms.runtime().specVersion());
      case "CheckTxVersion" -> implicit.u32(terms.runtime().transactionVersion());
      case "CheckGenesis" -> implicit.bytes(terms.genesis().bytes());
      case "CheckMortality", "CheckEra" -> {
        explicit.bytes(terms.era().encoded());
        implicit.bytes(terms.birthHash().bytes());
      }
      case "CheckNonce" -> explicit.compact(terms.nonce());
      case "ChargeTransactionPayment" -> explicit.compact(terms.tip());
      // Mode 0: the signature covers no hash of the metadata.
      case "CheckMetadataHash" -> {
        explicit.u8(0);
        implicit.u8(0);
      }
      default -> requireEmpty(extension, metadata);
    }
  }

  private static void requireEmpty(TransactionExtension extension, Metadata metadata) {
    if (metadata.types().minimumSize(extension.explicit()) != 0
        || metadata.types().minimumSize(extension.implicit()) != 0) {
      throw new UnsupportedExtensionException(extension.identifier());
    }
  }
}
