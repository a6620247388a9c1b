package dev.assay.jobs.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.tables.CommitmentRow;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignCommitmentTest {
  private static final String MODEL = "space:model:" + "0".repeat(40) + ":hash:1";

  @ParameterizedTest
  @CsvSource({
    "ResetBondsFlag,'',flag",
    "None,'',empty",
    "Raw,'',empty",
    "BigRaw,'',empty",
    "TimelockEncrypted,fe01,timelocked",
    "Sha256,fe01,'a hash, Sha256'",
    "ShaThree256,fe01,'a hash, ShaThree256'",
    "Unreadable,'',decoded",
    "Raw,fe01,not UTF-8",
    "FutureKind,fe01,kind that this release"
  })
  void whatIsNoTextIsCalledWhatItIs(String kind, String data, String words) {
    assertThat(ForeignCommitment.words(row(data, Optional.empty(), Optional.of(kind))))
        .hasValueSatisfying(said -> assertThat(said).contains(words));
  }

  @Test
  void bytesThatArentMeantAsTextNameNoModelThoughTheyReadLikeOne() {
    assertThat(ForeignCommitment.words(row("61", Optional.of(MODEL), Optional.of("Sha256"))))
        .isPresent();
    assertThat(
            ForeignCommitment.words(
                row("61", Optional.of(MODEL), Optional.of("TimelockEncrypted"))))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({"Raw", "BigRaw", ","})
  void aTextMayNameAModel(String kind) {
    assertThat(ForeignCommitment.words(row("61", Optional.of(MODEL), Optional.ofNullable(kind))))
        .isEmpty();
  }

  private static CommitmentRow row(String data, Optional<String> text, Optional<String> kind) {
    return new CommitmentRow(1, 25, "0x", "5Hot", 1, 1, 5, data, text, kind);
  }
}
