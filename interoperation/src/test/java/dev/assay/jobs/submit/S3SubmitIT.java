package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.interoperation.PlantedSecrets;
import dev.assay.interoperation.PostgresqlServer;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.SubmitSettings;
import dev.assay.jobs.storage.S3Proxy;
import dev.assay.jobs.submit.SubmitReport.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights set by drivers whose tables, intents, leases and bundles are in a real object store. */
class S3SubmitIT {
  private static final int WINDOW = 100;
  private static final String PASSWORD = "c4t4l0g-m4rk3r";

  @TempDir private Path folder;

  @Test
  void ofTwoDriversWithAVectorEachOneSetsItsOwnAndSignsItsBundle() throws Exception {
    S3Proxy store = S3Proxy.running();
    String bucket = store.bucket();
    try (ValidatorsChain chain = ValidatorsChain.start();
        PostgresqlServer server = PostgresqlServer.start()) {
      server.createDatabase("assay", PASSWORD);
      String places =
          """
          paths: {warehouse: "s3a://%s/tables", bundles: "s3a://%s/bundles"}
          catalog: {type: jdbc, uri: "%s", user: assay, password_file: "%s"}
          %s
          """
              .formatted(
                  bucket,
                  bucket,
                  server.uri("assay"),
                  Files.writeString(folder.resolve("password"), PASSWORD),
                  store.yaml());
      List<ValidatorFolder> drivers = new ArrayList<>();
      for (String name : List.of("one", "two")) {
        drivers.add(
            new ValidatorFolder(
                chain,
                Files.createDirectory(folder.resolve(name)),
                ValidatorsChain.PLAIN,
                ", wallets: \"" + folder.resolve("wallets") + "\"",
                WINDOW,
                places));
      }
      long before = chain.head().number();
      for (int driver = 0; driver < drivers.size(); driver++) {
        drivers.get(driver).evaluation("e" + driver, before / WINDOW, 65_535, driver + 1, 0);
      }

      List<State> states = race(drivers);

      assertThat(states).containsExactlyInAnyOrder(State.SET, State.REFUSED);
      assertThat(chain.weightsSet(ValidatorsChain.PLAIN, before)).isEqualTo(1);
      int winner = states.indexOf(State.SET);
      assertThat(chain.weights().get(1).value()).isEqualTo(winner + 1);
      assertThat(drivers.get(winner).bundle("e" + winner).signedBy(chain.validator.account()))
          .get()
          .matches(voucher -> voucher.problem().isEmpty());
      assertThat(drivers.get(0).submit("e" + winner).state()).isEqualTo(State.ALREADY_SET);
      PlantedSecrets secrets =
          new PlantedSecrets(List.of(PASSWORD, S3Proxy.SECRET, keyOfTheHotkey(drivers)));
      secrets.areInNone(store.files(bucket));
      secrets.areInNoCommandLine();
    }
    assertThat(store.files(bucket))
        .anyMatch(object -> object.toString().contains("/tables/.intents/1-0-"))
        .anyMatch(object -> object.toString().contains("/bundles/e0/manifest.txt"));
  }

  /** As its keyfile holds it. */
  private static String keyOfTheHotkey(List<ValidatorFolder> drivers) throws Exception {
    SubmitSettings submit = drivers.get(0).withHotkey().configuration().submit();
    Path keyfile = Path.of(submit.wallets(), submit.wallet(), "hotkeys").resolve(submit.hotkey());
    return new ObjectMapper()
        .readTree(keyfile.toFile())
        .required("privateKey")
        .asText()
        .substring(2);
  }

  private static List<State> race(List<ValidatorFolder> drivers) throws Exception {
    CyclicBarrier start = new CyclicBarrier(drivers.size());
    ExecutorService threads = Executors.newFixedThreadPool(drivers.size());
    try {
      List<Future<State>> racing = new ArrayList<>();
      for (int driver = 0; driver < drivers.size(); driver++) {
        int own = driver;
        racing.add(
            threads.submit(
                () -> {
                  start.await();
                  return finished(drivers.get(own), "e" + own);
                }));
      }
      List<State> states = new ArrayList<>();
      for (Future<State> each : racing) {
        states.add(each.get());
      }
      return states;
    } finally {
      threads.shutdownNow();
    }
  }

  private static State finished(ValidatorFolder driver, String evaluation)
      throws InterruptedException {
    while (true) {
      try {
        return driver.submit(evaluation).state();
      } catch (NotReadyException busy) {
        Thread.sleep(20);
      }
    }
  }
}
