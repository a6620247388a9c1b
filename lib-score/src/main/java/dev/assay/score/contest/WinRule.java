package dev.assay.score.contest;

/**
 * The winner of one sample: the lower loss, where the loss of the model from the earlier block
 * counts (1 − ε) times. Equal blocks have no advantage, equal adjusted losses no winner; NaN
 * neither wins nor is beaten (finetuning-subnet 0.2.7, finetune/validation.py, {@code iswin}).
 */
final class WinRule {
  private WinRule() {}

  /** The factor of a model's loss against another's: 1 − ε if it is the earlier one, else 1. */
  static double factor(long block, long otherBlock, double epsilon) {
    return block < otherBlock ? 1 - epsilon : 1;
  }

  static boolean isWin(double loss, double factor, double otherLoss, double otherFactor) {
    return factor * loss < otherFactor * otherLoss;
  }
}
