package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.hub.CommittedModel.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommittedModelTest {
  private static final String HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void fiveFieldsAreAModel() {
    assertThat(CommittedModel.parse("me:model:" + COMMIT + ":" + HASH + ":l3", "m1"))
        .isEqualTo(
            new Parsed.Model(
                new CommittedModel(new RepositoryId("me", "model"), COMMIT, HASH, "l3")));
  }

  @Test
  void whatIsWrittenIsRead() {
    CommittedModel model = new CommittedModel(new RepositoryId("me", "model"), COMMIT, HASH, "l3");

    assertThat(CommittedModel.parse(model.text(), "m1")).isEqualTo(new Parsed.Model(model));
  }

  @Test
  void fourFieldsBelongToTheOldCompetition() {
    Parsed parsed = CommittedModel.parse("me:model:" + COMMIT + ":" + HASH, "m1");

    assertThat(((Parsed.Model) parsed).model().competition()).isEqualTo("m1");
  }

  @Test
  void theOriginalsNoneIsNoCompetition() {
    Parsed parsed = CommittedModel.parse("me:model:" + COMMIT + ":" + HASH + ":None", "m1");

    assertThat(((Parsed.Model) parsed).model().competition()).isEqualTo("m1");
  }

  /** The original decodes outside of its try, so that a malformed one throws (its defect 14). */
  @ParameterizedTest
  @CsvSource({
    "'',1 fields",
    "a:b:c,3 fields",
    "a:b:c:d:e:f,6 fields",
    "a:b:c:d:e,44 characters of base64",
    "a/../b:m:c:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:l3,does not name a repository",
    "a:m:c:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:l-3,one to eight letters or digits"
  })
  void anythingElseSaysWhy(String text, String reason) {
    assertThat(CommittedModel.parse(text, "m1"))
        .isInstanceOfSatisfying(
            Parsed.Malformed.class, malformed -> assertThat(malformed.reason()).contains(reason));
  }

  @Test
  void aLongTextIsNotEvenSplit() {
    assertThat(CommittedModel.parse(":".repeat(100_000), "m1"))
        .isEqualTo(new Parsed.Malformed("the commitment has 100000 characters; at most 128"));
  }
}
