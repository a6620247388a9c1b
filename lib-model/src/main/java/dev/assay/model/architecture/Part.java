package dev.assay.model.architecture;

/** What a tensor does in a decoder, the same for every family. */
public enum Part {
  /** Token embedding, [vocabulary, hidden]. */
  EMBEDDING,
  /** Learned positions, [positions, hidden] (GPT-2). */
  POSITION_EMBEDDING,
  /** Norm before the attention. */
  ATTENTION_NORM,
  QUERY,
  KEY,
  VALUE,
  /**
   * Query, key and value in one projection: the queries' rows, then the keys', then the values'.
   */
  QUERY_KEY_VALUE,
  /** The same by key-value head: the rows of its queries, then of its key, then of its value. */
  QUERY_KEY_VALUE_BY_HEAD,
  QUERY_NORM,
  KEY_NORM,
  /** The attention's output projection. */
  OUTPUT,
  /** Norm of the attention's output, before it is added (Gemma 2 and 3, OLMo 2). */
  POST_ATTENTION_NORM,
  /** Norm before the feed-forward block. */
  MLP_NORM,
  GATE,
  UP,
  /** Gate and up in one projection, gate first. */
  GATE_UP,
  DOWN,
  /** Hidden to the logits of a layer's experts. */
  ROUTER,
  /** Hidden to the logit of the expert that every token takes. */
  SHARED_ROUTER,
  /** Norm of the feed-forward block's output, before it is added (Gemma 2 and 3, OLMo 2). */
  POST_MLP_NORM,
  FINAL_NORM,
  /** Hidden to logits, [vocabulary, hidden]. */
  HEAD
}
