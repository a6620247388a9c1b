package dev.assay.jobs.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.work.Fault;
import dev.assay.score.entry.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidateTest {
  private static Candidate of(Optional<String> text, long committed) {
    CommitmentRow row =
        new CommitmentRow(1, 25, "0x", "hotkey", 1, 1, committed, "00", text, Optional.empty());
    return Candidate.of(row, Examples.settings("nous-0.2.7"), Examples.WINDOW);
  }

  private static Optional<Verdict> verdict(Candidate candidate) {
    return candidate.fault().map(Fault::verdict);
  }

  private static String text(String revision, String competition) {
    return "miners:model:" + revision + ":" + Examples.HASH + ":" + competition;
  }

  @Test
  void aCommitmentToAnOpenCompetitionIsWork() {
    assertThat(of(Optional.of(text("ab".repeat(20), "b1")), 5).fault()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreMalformed() {
    assertThat(verdict(of(Optional.empty(), 5))).contains(Verdict.MALFORMED_COMMITMENT);
  }

  @Test
  void aBranchIsNoRevision() {
    assertThat(verdict(of(Optional.of(text("main", "b1")), 5))).contains(Verdict.MUTABLE_REVISION);
  }

  @Test
  void aCompetitionThatIsNotOpenIsUnknown() {
    assertThat(verdict(of(Optional.of(text("ab".repeat(20), "zz")), 5)))
        .contains(Verdict.UNKNOWN_COMPETITION);
  }

  @Test
  void whatIsCommittedAfterTheFirstSampleIsJudgedInALaterWindow() {
    assertThat(verdict(of(Optional.of(text("ab".repeat(20), "b1")), 24))).contains(Verdict.PENDING);
  }
}
