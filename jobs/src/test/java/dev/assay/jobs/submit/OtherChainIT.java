package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.ChainRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights go to the chain, the subnet and the hotkeys that they were computed for, or nowhere. */
class OtherChainIT {
  private static ValidatorsChain chain;
  private static ValidatorsChain other;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    chain = ValidatorsChain.start();
    other = ValidatorsChain.startAnother();
    other.seal(50);
  }

  @AfterAll
  static void stop() {
    chain.close();
    other.close();
  }

  private ValidatorFolder validator(ValidatorsChain where, int netuid) throws Exception {
    return new ValidatorFolder(where, folder, netuid, "");
  }

  @Test
  void anEvaluationOfAnotherChainIsNotSet() throws Exception {
    String evaluation = validator(chain, ValidatorsChain.PLAIN).evaluation("e1", 5, 65_535, 100, 0);

    assertThatThrownBy(() -> validator(other, ValidatorsChain.PLAIN).submit(evaluation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another chain");
    assertThat(other.weights()).isEmpty();
  }

  @Test
  void aWarehouseThatWasUsedOnOneChainIsNotUsedOnAnother() throws Exception {
    ValidatorFolder own = validator(chain, ValidatorsChain.FRESH);
    own.submit(own.evaluation("e1", 5, 65_535, 100, 0));

    assertThatThrownBy(() -> validator(other, ValidatorsChain.FRESH).submit("e1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("belongs to the chain with the genesis " + chain.genesis());
    try (Warehouse warehouse = own.warehouse()) {
      assertThat(warehouse.table(ChainRow.TABLE).rows())
          .containsExactly(ChainRow.of(chain.genesis(), ValidatorsChain.FRESH));
    }
  }

  @Test
  void aWrongNetuidInTheConfigurationIsRefused() throws Exception {
    String evaluation =
        validator(chain, ValidatorsChain.UNTOUCHED).evaluation("e1", 5, 65_535, 100, 0);

    assertThatThrownBy(() -> validator(chain, ValidatorsChain.SLOW).submit(evaluation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("belongs to subnet 5, and chain.netuid is 2");
    assertThat(chain.weights(ValidatorsChain.SLOW)).isEmpty();
    assertThat(chain.weights(ValidatorsChain.UNTOUCHED)).isEmpty();
  }

  @Test
  void anEvaluationThatNamesAnotherGenesisIsRefused() throws Exception {
    ValidatorFolder validator = validator(chain, ValidatorsChain.UNTOUCHED);
    validator.evaluatedOn(Optional.of(other.genesis()));
    String evaluation = validator.evaluation("e1", 5, 65_535, 100, 0);

    assertThatThrownBy(() -> validator.submit(evaluation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("was made on the chain with the genesis " + other.genesis());
  }

  @Test
  void anEvaluationThatNamesNoChainIsRefused() throws Exception {
    ValidatorFolder validator = validator(chain, ValidatorsChain.UNTOUCHED);
    validator.evaluatedOn(Optional.empty());

    SubmitReport report = validator.submit(validator.evaluation("e1", 5, 65_535, 100, 0));

    assertThat(report.state()).isEqualTo(State.REFUSED);
    assertThat(report.reason()).contains("does not say which chain");
    assertThat(chain.weights(ValidatorsChain.UNTOUCHED)).isEmpty();
  }

  @Test
  void aUidThatAnotherHotkeyHasGotSinceGetsNothing() throws Exception {
    int netuid = ValidatorsChain.FULL;
    ValidatorFolder validator = validator(chain, netuid);
    String evaluation = validator.evaluation("e1", 5, 30_000, 20_000, 10_000);
    int recycled = chain.replace(netuid, "//Newcomer");

    SubmitReport report = validator.submit(evaluation);

    assertThat(report.state()).isEqualTo(State.SET);
    List<Weight> set = chain.weights(netuid);
    assertThat(set).hasSize(2).noneMatch(weight -> weight.uid() == recycled);
    assertThat(set).anyMatch(weight -> weight.value() == 65_535);
    assertThat(validator.submit(evaluation).state()).isEqualTo(State.ALREADY_SET);
  }
}
