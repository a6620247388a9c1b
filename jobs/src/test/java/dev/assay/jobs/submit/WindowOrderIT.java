package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.submit.SubmitReport.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No window undoes a later one's weights, and none is lost to itself. */
class WindowOrderIT {
  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  private ValidatorFolder validator(int netuid) throws Exception {
    return new ValidatorFolder(chain, folder, netuid, "");
  }

  @Test
  void anOlderWindowDoesNotUndoANewerOne() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.PLAIN);
    validator.evaluation("older", 5, 65_535, 100, 0);
    validator.submit(validator.evaluation("newer", 6, 100, 65_535, 0));
    List<Weight> set = chain.weights();

    SubmitReport late = validator.submit("older");

    assertThat(late.state()).isEqualTo(State.REFUSED);
    assertThat(late.reason()).contains("window 6 has its weights, of evaluation newer");
    assertThat(chain.weights()).isEqualTo(set);
    assertThat(validator.submit("newer").state()).isEqualTo(State.ALREADY_SET);
  }

  @Test
  void anOlderWindowThatWasSetStaysSet() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.FRESH);
    validator.submit(validator.evaluation("older", 5, 65_535, 100, 0));
    validator.submit(validator.evaluation("newer", 6, 100, 65_535, 0));

    assertThat(validator.submit("older").state()).isEqualTo(State.ALREADY_SET);
  }

  @Test
  void anOlderWindowDoesNotUndoWhatTheChainShowsOfALaterOne() throws Exception {
    ValidatorFolder validator =
        new ValidatorFolder(chain, folder, ValidatorsChain.UNTOUCHED, "", 10);
    List<Weight> theirs = List.of(new Weight(chain.uid("//M1"), 65_535));
    long block =
        chain.done(Calls.setWeights(ValidatorsChain.UNTOUCHED, theirs, 0), chain.validator);
    String older = validator.evaluation("older", block / 10 - 1, 65_535, 100, 0);

    SubmitReport late = validator.submit(older, block);

    assertThat(late.state()).isEqualTo(State.REFUSED);
    assertThat(late.reason()).contains("of block " + block, "would undo them");
    assertThat(chain.weights(ValidatorsChain.UNTOUCHED)).isEqualTo(theirs);
  }

  @Test
  void aRaisedVersionKeyIsTakenAnewForTheSameEvaluation() throws Exception {
    ValidatorFolder validator = validator(ValidatorsChain.SLOW);
    chain.seal(20);
    validator.submit(validator.evaluation("e1", 5, 65_535, 100, 0));
    SubmitReport tooSoon = validator.submit(validator.evaluation("e2", 6, 100, 65_535, 0));

    chain.askForVersion(ValidatorsChain.SLOW, 7);
    SubmitReport set = validator.submit("e1");
    chain.seal(20);
    SubmitReport later = validator.submit("e2");

    assertThat(tooSoon.state()).isEqualTo(State.TRY_AGAIN);
    assertThat(set.state()).isEqualTo(State.ALREADY_SET);
    assertThat(later.state()).isEqualTo(State.SET);
    assertThat(chain.weights(ValidatorsChain.SLOW))
        .containsExactly(new Weight(chain.uid("//M1"), 100), new Weight(chain.uid("//M2"), 65_535));
  }
}
