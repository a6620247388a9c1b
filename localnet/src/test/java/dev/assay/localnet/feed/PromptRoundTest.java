package dev.assay.localnet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.localnet.corpus.Corpus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PromptRoundTest {
  private static final AccountId GOOD = Keypair.fromUri("//Good").account();
  private static final AccountId FAIR = Keypair.fromUri("//Fair").account();
  private static final AccountId POOR = Keypair.fromUri("//Poor").account();
  private static Corpus corpus;

  @BeforeAll
  static void read() throws IOException {
    corpus = Corpus.read();
  }

  private static PromptRound round(long seed) {
    return new PromptRound(
        corpus,
        seed,
        List.of(
            new AnsweringMiner(POOR, 0.3),
            new AnsweringMiner(GOOD, 0.9),
            new AnsweringMiner(FAIR, 0.6)));
  }

  @Test
  void theBetterAMinerAnswersTheMoreOfItsAnswersAreTaken() {
    Map<AccountId, Integer> taken = new HashMap<>();
    int asTheCorpus = 0;
    for (long number = 0; number < 2_000; number++) {
      PromptRound.Taken answer = round(1).of(number);
      taken.merge(answer.answerer().orElseThrow(), 1, Integer::sum);
      asTheCorpus += answer.sample().equals(corpus.sample(1, number)) ? 1 : 0;
    }

    assertThat(taken.get(GOOD)).isGreaterThan(taken.get(FAIR));
    assertThat(taken.get(FAIR)).isGreaterThan(taken.get(POOR));
    assertThat(asTheCorpus).isBetween(1_900, 1_999);
  }

  @Test
  void theSameSeedTakesTheSameAnswers() {
    assertThat(round(7).of(3)).isEqualTo(round(7).of(3));
    assertThat(round(8).of(3)).isNotEqualTo(round(7).of(3));
  }

  @Test
  void withoutMinersTheCorpusAnswersAndNobodyIsNamed() {
    PromptRound.Taken taken = new PromptRound(corpus, 1, List.of()).of(5);

    assertThat(taken.sample()).isEqualTo(corpus.sample(1, 5));
    assertThat(taken.answerer()).isEqualTo(Optional.empty());
  }

  @Test
  void anAnswerScoresByTheWordsThatItShares() {
    assertThat(PromptRound.score("A sort of bird.", "A sort of bird.")).isEqualTo(1);
    assertThat(PromptRound.score("A sort of", "A sort of bird.")).isEqualTo(0.75);
    assertThat(PromptRound.score("Something else", "A sort of bird.")).isZero();
  }
}
