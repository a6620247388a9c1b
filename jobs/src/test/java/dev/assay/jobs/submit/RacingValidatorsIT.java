package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.submit.SubmitReport.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one hotkey and different vectors for one window. */
@Tag("long")
class RacingValidatorsIT {
  @AutoClose private static ValidatorsChain chain;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
  }

  @Test
  void processesOnOneFolderSetOneVectorBetweenThem() throws Exception {
    ValidatorFolder validator = new ValidatorFolder(chain, folder, ValidatorsChain.PLAIN, "");
    validator.evaluation("e1", 5, 65_535, 1, 0);
    validator.evaluation("e2", 5, 65_535, 2, 0);

    List<State> states = race(folder, folder);

    assertThat(states).containsExactlyInAnyOrder(State.SET, State.REFUSED);
    assertThat(chain.weights()).isEqualTo(vector(states.indexOf(State.SET) + 1));
    assertThat(validator.events()).containsExactlyInAnyOrder("INTENT", "SENT", "INCLUDED");
  }

  @Test
  void processesThatKnowNothingOfEachOtherAreSettledByTheChain() throws Exception {
    List<Path> folders = new ArrayList<>();
    List<ValidatorFolder> validators = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      folders.add(Files.createDirectory(folder.resolve("machine" + i)));
      validators.add(new ValidatorFolder(chain, folders.get(i - 1), ValidatorsChain.FRESH, ""));
      validators.get(i - 1).evaluation("e" + i, 0, 65_535, i, 0);
    }

    List<State> states = race(folders.get(0), folders.get(1));
    int winner = states.indexOf(State.SET);
    State loserLater = validators.get(1 - winner).submit("e" + (2 - winner)).state();

    assertThat(states).containsOnlyOnce(State.SET).containsAnyOf(State.TRY_AGAIN, State.REFUSED);
    assertThat(loserLater).isEqualTo(State.REFUSED);
    assertThat(chain.weights(ValidatorsChain.FRESH)).isEqualTo(vector(winner + 1));
    assertThat(validators.get(1 - winner).events()).doesNotContain("INCLUDED");
  }

  /** Runs e1 in the one folder and e2 in the other at once. */
  private static List<State> race(Path first, Path second) throws Exception {
    Process one = SubmitProcess.start(first, "e1");
    Process other = SubmitProcess.start(second, "e2");
    assertThat(one.waitFor()).as("%s", first.resolve("e1.output")).isZero();
    assertThat(other.waitFor()).as("%s", second.resolve("e2.output")).isZero();
    return List.of(SubmitProcess.state(first, "e1"), SubmitProcess.state(second, "e2"));
  }

  private static List<Weight> vector(int second) {
    return List.of(new Weight(chain.uid("//M1"), 65_535), new Weight(chain.uid("//M2"), second));
  }
}
