package dev.assay.model.causal;

import dev.assay.model.checkpoint.Family;

/**
 * What a family does that its configuration's numbers do not say.
 *
 * @param norm how activations are normalised
 * @param headNorm how queries and keys are, where the configuration asks for it
 * @param joint how query, key and value share a projection, where they do
 * @param scaledEmbedding whether embeddings are multiplied by the root of the hidden size
 */
record Traits(Norm norm, HeadNorm headNorm, Joint joint, boolean scaledEmbedding) {
  enum Norm {
    /** Root mean square. */
    RMS,
    /** The same with 1 added to the stored weight. */
    RMS_PLUS_ONE,
    LAYER,
    /** The same with 1 added to the stored weight. */
    LAYER_PLUS_ONE
  }

  enum HeadNorm {
    NONE,
    /** Over each head. */
    HEAD,
    /** Over the whole projection. */
    FULL
  }

  enum Joint {
    /** All rows of the queries, then the keys', then the values'. */
    STACKED,
    /** The same, stored [in, out]. */
    STACKED_TRANSPOSED,
    /** Each head's query, key and value together. */
    BY_HEAD
  }

  static Traits of(Family family) {
    return switch (family) {
      case LLAMA, MISTRAL, MINISTRAL, SEED_OSS, ARCEE, QWEN2, PHI3 ->
          new Traits(Norm.RMS, HeadNorm.NONE, Joint.STACKED, false);
      case QWEN3 -> new Traits(Norm.RMS, HeadNorm.HEAD, Joint.STACKED, false);
      case OLMO2, OLMO3 -> new Traits(Norm.RMS, HeadNorm.FULL, Joint.STACKED, false);
      case STABLELM, PHI -> new Traits(Norm.LAYER, HeadNorm.HEAD, Joint.STACKED, false);
      case GEMMA, GEMMA2 -> new Traits(Norm.RMS_PLUS_ONE, HeadNorm.NONE, Joint.STACKED, true);
      case GEMMA3 -> new Traits(Norm.RMS_PLUS_ONE, HeadNorm.HEAD, Joint.STACKED, true);
      case NEMOTRON -> new Traits(Norm.LAYER_PLUS_ONE, HeadNorm.NONE, Joint.STACKED, false);
      case STARCODER2 -> new Traits(Norm.LAYER, HeadNorm.NONE, Joint.STACKED, false);
      case GPT_NEOX -> new Traits(Norm.LAYER, HeadNorm.NONE, Joint.BY_HEAD, false);
      case GPT2 -> new Traits(Norm.LAYER, HeadNorm.NONE, Joint.STACKED_TRANSPOSED, false);
    };
  }
}
