package dev.assay.score.rules;

/** What happens to a model that failed or is a duplicate when weights are formed. */
public enum Unranked {
  /** It enters the softmax with no wins and is paid e⁰, as the original pays it. */
  PAID_AS_WINLESS,
  /** It is left out before the softmax and gets nothing. */
  LEFT_OUT
}
