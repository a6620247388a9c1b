package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.hash.Hash;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassingRefusalTest {
  private static Outcome.Failed failed(String error, String words) {
    return new Outcome.Failed(Hash.fromHex("0x" + "11".repeat(32)), error, words, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "SubtensorModule.SettingWeightsTooFast, its dispatch failed",
    "SubtensorModule.CommittingWeightsTooFast, its dispatch failed",
    "SubtensorModule.TooManyUnrevealedCommits, its dispatch failed",
    "SubtensorModule.IncorrectWeightVersionKey, its dispatch failed",
    "SubtensorModule.CommitRevealDisabled, its dispatch failed",
    "pool 1010, Custom error: 6 (RateLimitExceeded)",
    "pool 1010, Custom error: 15 (InvalidRevealRound)",
    "pool 1010, Custom error: 17 (CommitBlockNotInRevealRange)",
    "pool 1010, Transaction has an ancient birth block",
    "pool 1010, Transaction will be valid in the future",
    "pool 1010, Transaction would exhaust the block limits",
    "pool 1014, The transaction has too low priority to replace another transaction",
    "pool 1016, The transaction couldn't enter the pool because of the limit",
    "nonce taken, another extrinsic of the account has used nonce 4",
    "expired, 'no block up to 5, the last of its era, holds it'"
  })
  void passesByItself(String error, String words) {
    assertThat(PassingRefusal.is(failed(error, words))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SubtensorModule.HotKeyNotRegisteredInSubNet, its dispatch failed",
    "SubtensorModule.NeuronNoValidatorPermit, its dispatch failed",
    "SubtensorModule.NotEnoughStakeToSetWeights, its dispatch failed",
    "SubtensorModule.MaxWeightExceeded, its dispatch failed",
    "SubtensorModule.WeightVecLengthIsLow, its dispatch failed",
    "pool 1010, Custom error: 1 (StakeAmountTooLow)",
    "pool 1010, Custom error: 10 (HotKeyNotRegisteredInNetwork)",
    "pool 1010, Custom error: 0 (ColdkeyInSwapSchedule)",
    "pool 1010, Transaction has a bad signature",
    "pool 1010, 'Inability to pay some fees (e.g. account balance too low)'"
  })
  void needsSomebodyToDoSomething(String error, String words) {
    assertThat(PassingRefusal.is(failed(error, words))).isFalse();
  }
}
