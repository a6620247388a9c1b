package dev.assay.jobs.candidates;

import dev.assay.jobs.tables.CommitmentRow;
import java.util.Optional;

/** Commitments that name no model because they are something else. */
final class ForeignCommitment {
  private ForeignCommitment() {}

  /** What the commitment is; nothing where it is a text, which may name a model. */
  static Optional<String> words(CommitmentRow row) {
    return switch (row.kind().orElse("Raw")) {
      case "Raw", "BigRaw" -> ofText(row);
      case "None" -> Optional.of("the commitment is empty");
      case "ResetBondsFlag" ->
          Optional.of("the commitment is a flag, ResetBondsFlag, and names no model");
      case "TimelockEncrypted" ->
          Optional.of("the commitment is timelocked; a model is committed in the open");
      case "BlakeTwo256", "Sha256", "Keccak256", "ShaThree256" ->
          Optional.of("the commitment is a hash, " + row.kind().get() + ", and names no model");
      case "Unreadable" ->
          Optional.of("the commitment can't be decoded by the chain's own metadata");
      default -> Optional.of("the commitment is of a kind that this release doesn't know");
    };
  }

  private static Optional<String> ofText(CommitmentRow row) {
    if (row.data().isEmpty()) {
      return Optional.of("the commitment is empty");
    }
    return row.text().isEmpty() ? Optional.of("the commitment is not UTF-8") : Optional.empty();
  }
}
