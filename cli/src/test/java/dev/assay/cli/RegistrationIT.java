package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.Calls;
import dev.assay.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's way to a UID and to stake, on a chain. */
class RegistrationIT {
  private static final long TAO = 1_000_000_000L;

  @AutoClose private static SmallSubnet subnet;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path configuration;

  @BeforeAll
  static void live() throws Exception {
    subnet = SmallSubnet.start(List.of(600), 1);
    configuration =
        Files.writeString(
            shared.resolve("assay.yaml"),
            "chain: {endpoints: [\"%s\"], netuid: %d, poll: 20ms}%n"
                .formatted(subnet.address(), SmallSubnet.NETUID));
  }

  private List<String> usual() {
    return List.of("--wallets=" + folder, "--config=" + configuration);
  }

  private CommandRun run(String... words) {
    return CommandRun.of(usual(), words);
  }

  private Wallet funded(String name, long tao) {
    CommandRun.of(
            List.of("--wallets=" + folder), "wallet", "new", "--wallet", name, "--no-password")
        .ending(ExitCode.DONE);
    Wallet wallet = new Wallet(folder, name, "default");
    if (tao > 0) {
      subnet.done(
          Calls.transferKeepAlive(wallet.coldkeyAccount(), tao * TAO), Keypair.fromUri("//Alice"));
    }
    return wallet;
  }

  @Test
  void aHotkeyIsRegisteredOnceAtThePriceThatWasShown() throws Exception {
    Wallet wallet = funded("miner", 50);
    long price = subnet.head().registrationPrice(SmallSubnet.NETUID);

    JsonNode first = run("register", "--wallet=miner", "--yes", "--json").ending(0).json();
    CommandRun again = run("register", "--wallet=miner", "--yes");

    assertThat(first.path("price").asLong()).isEqualTo(price);
    assertThat(first.path("uid").asInt())
        .isEqualTo(
            subnet
                .head()
                .metagraph(SmallSubnet.NETUID)
                .neuron(wallet.hotkeyAccount())
                .orElseThrow()
                .uid());
    assertThat(again.ending(ExitCode.NOTHING_TO_DO).out()).contains("registered already");
    assertThat(run("wallet", "show", "--wallet=miner", "--balance").ending(0).out())
        .contains("uid      " + first.path("uid").asInt());
  }

  @Test
  void aPriceAboveTheLimitAndAnEmptyColdkeyCostNothing() {
    funded("poor", 0);
    Wallet careful = funded("careful", 50);

    assertThat(
            run("register", "--wallet=careful", "--max-burn=0.000000001", "--yes")
                .ending(ExitCode.TRY_AGAIN_LATER)
                .err())
        .contains("--max-burn");
    assertThat(run("register", "--wallet=poor", "--yes").ending(ExitCode.USAGE).err())
        .contains("holds 0 TAO");
    assertThat(run("register", "--wallet=careful").ending(ExitCode.USAGE).err())
        .contains("add --yes");
    assertThat(subnet.head().balance(careful.coldkeyAccount()).free()).isEqualTo(50 * TAO);
  }

  @Test
  void stakeIsAddedAndTakenBack() throws Exception {
    funded("staker", 50);
    run("register", "--wallet=staker", "--yes").ending(0);

    run("stake", "add", "--wallet=staker", "--amount=10", "--yes").ending(0);
    JsonNode less =
        run("stake", "remove", "--wallet=staker", "--amount=4", "--yes", "--json").ending(0).json();
    JsonNode none =
        run("stake", "remove", "--wallet=staker", "--amount=all", "--yes", "--json")
            .ending(0)
            .json();

    assertThat(less.path("stake").asLong()).isEqualTo(6 * TAO);
    assertThat(none.path("stake").asLong()).isZero();
    assertThat(
            run("stake", "remove", "--wallet=staker", "--amount=1", "--yes")
                .ending(ExitCode.USAGE)
                .err())
        .contains("has 0 alpha");
    assertThat(
            run("stake", "add", "--wallet=staker", "--amount=1e9", "--yes")
                .ending(ExitCode.USAGE)
                .err())
        .contains("--amount");
  }
}
