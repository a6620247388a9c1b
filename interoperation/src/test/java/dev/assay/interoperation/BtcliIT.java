package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.weights.HashCommit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The localnet's node as btcli sees it, the tool of validators and miners. */
class BtcliIT {
  private static final String NETUID = Integer.toString(ValidatorDay.NETUID);

  /** Its version 9.23.2 as a number, which it reveals weights with. */
  private static final long VERSION_KEY = 9_023_002;

  private static final String OWNER = ValidatorDay.address("//Alice");

  @TempDir Path home;

  @Test
  void anOwnersDayWorksUnchanged() throws Exception {
    Wallet wallet = new Wallet(home.resolve("wallets"), "owner", "default");
    wallet.storeColdkey(Keypair.fromUri("//Alice"));
    wallet.storeHotkey(Keypair.fromUri(ValidatorDay.OWNER_HOTKEY));
    PythonScripts python = PythonScripts.alone("btcli");
    try (ValidatorDay day = ValidatorDay.open();
        Subtensor chain = day.ours()) {
      assertThat(wallet(python, day, "wallet balance --json-output")).contains("1000000.0");

      wallet(python, day, "subnets register --no-prompt --netuid " + NETUID);
      assertThat(head(chain).metagraph(ValidatorDay.NETUID).neurons().get(0).hotkey())
          .isEqualTo(ValidatorDay.account(ValidatorDay.OWNER_HOTKEY));
      assertThat(wallet(python, day, "wallet overview --json-output"))
          .contains(ValidatorDay.address(ValidatorDay.OWNER_HOTKEY));

      wallet(python, day, "stake add --no-prompt --unsafe --amount 10 --netuid " + NETUID);
      assertThat(stake(chain)).isEqualTo(10_000_000_000L);
      wallet(python, day, "stake add --no-prompt --amount 5 --netuid " + NETUID);
      assertThat(stake(chain)).isEqualTo(15_000_000_000L);
      assertThat(wallet(python, day, "stake list --no-prompt")).contains(OWNER);
      wallet(python, day, "stake remove --no-prompt --unsafe --amount 4 --netuid " + NETUID);
      assertThat(stake(chain)).isEqualTo(11_000_000_000L);

      assertThat(reads(python, day, "subnets list")).contains("subnet " + NETUID);
      assertThat(reads(python, day, "subnets show --no-prompt --netuid " + NETUID))
          .contains("Tempo");
      assertThat(reads(python, day, "subnets metagraph --netuid " + NETUID)).contains("Tempo");
      assertThat(reads(python, day, "subnets hyperparameters --netuid " + NETUID))
          .contains("weights_rate_limit");
      assertThat(reads(python, day, "sudo get --netuid " + NETUID)).contains("immunity_period");

      wallet(
          python,
          day,
          "sudo set --no-prompt --param weights_rate_limit --value 5 --netuid " + NETUID);
      assertThat(number(chain, "WeightsSetRateLimit", Value.of(ValidatorDay.NETUID))).isEqualTo(5);
      wallet(python, day, "sudo set --no-prompt --param tempo --value 400 --netuid " + NETUID);
      assertThat(number(chain, "Tempo", Value.of(ValidatorDay.NETUID))).isEqualTo(400);
    }
  }

  /**
   * {@code weights commit} is no part of this: it asks for a storage item of the name {@code
   * get_commit_reveal_weights_enabled}, which no runtime has.
   */
  @Test
  void weightsThatWereCommittedByTheirHashAreRevealed() throws Exception {
    Wallet wallet = new Wallet(home.resolve("wallets"), "owner", "default");
    wallet.storeColdkey(Keypair.fromUri("//Alice"));
    wallet.storeHotkey(Keypair.fromUri(ValidatorDay.OWNER_HOTKEY));
    List<Weight> weights = List.of(new Weight(0, 65_535));
    HashCommit commit =
        new HashCommit(
            ValidatorDay.account(ValidatorDay.OWNER_HOTKEY),
            ValidatorDay.NETUID,
            0,
            weights,
            List.of(163, 241, 217),
            VERSION_KEY);
    try (ValidatorDay day = ValidatorDay.hidden();
        Subtensor chain = day.ours()) {
      succeed(chain, Calls.burnedRegister(ValidatorDay.NETUID, commit.hotkey()), "//Alice");
      Call hashed = Calls.commitWeights(ValidatorDay.NETUID, commit.hash());
      succeed(chain, hashed, ValidatorDay.OWNER_HOTKEY);
      day.toNextEpoch();

      wallet(
          PythonScripts.alone("btcli"),
          day,
          "weights reveal --no-prompt --uids 0 --weights 1.0 --salt 163,241,217 --netuid "
              + NETUID);

      // btcli returns as soon as the pool has the extrinsic.
      day.toNextBlock();
      assertThat(head(chain).weights(ValidatorDay.NETUID).get(0)).isEqualTo(weights);
    }
  }

  private static void succeed(Subtensor chain, Call call, String signer) {
    Outcome outcome = chain.submit(call, Keypair.fromUri(signer));
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }

  private static BlockView head(Subtensor chain) {
    return chain.at(chain.finalizedHead());
  }

  private static long stake(Subtensor chain) {
    return number(
        chain,
        "TotalHotkeyAlpha",
        Value.of(ValidatorDay.account(ValidatorDay.OWNER_HOTKEY).bytes()),
        Value.of(ValidatorDay.NETUID));
  }

  private static long number(Subtensor chain, String item, Value... keys) {
    return head(chain).storage("SubtensorModule", item, keys).orElseThrow().asLong();
  }

  private String wallet(PythonScripts python, ValidatorDay day, String command) throws Exception {
    return run(
        python,
        day,
        command,
        List.of(
            "--wallet-path",
            home.resolve("wallets").toString(),
            "--wallet-name",
            "owner",
            "--hotkey",
            "default"));
  }

  private String reads(PythonScripts python, ValidatorDay day, String command) throws Exception {
    return run(python, day, command, List.of());
  }

  private String run(PythonScripts python, ValidatorDay day, String command, List<String> more)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(more);
    arguments.addAll(List.of("--network", day.webSocket().toString()));
    String printed =
        python.program("btcli", arguments, Map.of("HOME", home.toString(), "COLUMNS", "220"), 120);
    assertThat(printed).as(command).isNotBlank().doesNotContain("❌");
    return printed;
  }
}
