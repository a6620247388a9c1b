package dev.assay.localnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.endpoints.WrongChainException;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.ChainEvent;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.MissingItemException;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.EndpointCheck;
import dev.assay.chain.node.EndpointState;
import dev.assay.chain.node.Header;
import dev.assay.chain.node.UnknownBlockException;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.rpc.Subscription;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client of lib-chain against a node that it does not know. */
class SubtensorClientIT {
  private static final ConnectOptions OPTIONS =
      ConnectOptions.DEFAULT.withPatience(
          new Patience(Duration.ofMillis(20), Duration.ofSeconds(30), false));

  private final Keypair alice = Keypair.fromUri("//Alice");
  private final Keypair bob = Keypair.fromUri("//Bob");
  private ChainNode node;
  private Subtensor chain;

  @BeforeEach
  void start() throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of());
    node = ChainNode.start(genesis, Sealing.every(Duration.ofMillis(100)), 0);
    chain = Subtensor.connect(List.of(node.http()), OPTIONS);
  }

  @AfterEach
  void stop() {
    chain.close();
    node.close();
  }

  @Test
  void aTransferMovesTheAmountAtItsBlockAndNotBefore() {
    Outcome outcome = chain.submit(Calls.transferKeepAlive(bob.account(), 1_000_000), alice);

    assertThat(outcome).isInstanceOf(Outcome.Included.class);
    Outcome.Included included = (Outcome.Included) outcome;
    BlockView after = chain.at(included.block());
    BlockView before = chain.at(after.parent());
    assertThat(after.number()).isEqualTo(included.number());
    assertThat(after.balance(bob.account()).free())
        .isEqualTo(before.balance(bob.account()).free() + 1_000_000);
    assertThat(after.events())
        .filteredOn(event -> event.extrinsic().orElse(-1) == included.index())
        .extracting(ChainEvent::name)
        .contains("Transfer", "ExtrinsicSuccess");
  }

  @Test
  void aFailedDispatchIsNamed() {
    Outcome outcome = chain.submit(Calls.transferKeepAlive(bob.account(), Long.MAX_VALUE), alice);

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.where()).isPresent();
    assertThat(failed.error()).isIn("Token.FundsUnavailable", "Balances.InsufficientBalance");
  }

  @Test
  void whatTheChainIncludedIsFoundAgainAndRepeatingItIsHarmless() {
    SignedExtrinsic signed = chain.sign(Calls.transferKeepAlive(bob.account(), 7), alice);

    Outcome first = chain.send(signed);

    assertThat(first).isInstanceOf(Outcome.Included.class);
    assertThat(chain.find(signed)).isEqualTo(first);
    assertThat(chain.send(signed)).isEqualTo(first);
  }

  @Test
  void callsAtTheSameTimeGetNoncesOfTheirOwn() {
    List<Outcome> outcomes =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(i -> chain.submit(Calls.transferKeepAlive(bob.account(), 100 + i), alice))
            .toList();

    assertThat(outcomes).allMatch(Outcome::succeeded);
    assertThat(outcomes).extracting(Outcome::extrinsic).doesNotHaveDuplicates();
  }

  @Test
  void aRefusalByThePoolKeepsItsWords() {
    Keypair poor = Keypair.fromUri("//WithoutFunds");

    Outcome outcome = chain.submit(Calls.transferKeepAlive(bob.account(), 1), poor);

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.error()).isEqualTo("pool 1010");
    assertThat(failed.words()).contains("Inability to pay some fees");
  }

  @Test
  void anotherChainIsRefused() {
    Hash finney = Hash.fromHex("2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03");

    assertThatThrownBy(() -> Subtensor.connect(List.of(node.http()), OPTIONS.withGenesis(finney)))
        .isInstanceOf(WrongChainException.class)
        .hasMessageContaining("serves the chain with genesis " + chain.genesisHash());
  }

  @Test
  void whatTheRuntimeLacksIsNamedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> chain.submit(Call.of("Balances", "print_money"), alice))
        .isInstanceOf(MissingItemException.class)
        .hasMessage("the chain's runtime has no call Balances.print_money");
  }

  @Test
  void blocksThatDoNotExistAreNamed() {
    assertThatThrownBy(() -> chain.at(1_000_000))
        .isInstanceOf(UnknownBlockException.class)
        .hasMessageContaining("block 1000000 is not known");
  }

  @Test
  void constantsAndStorageAreReadByName() {
    BlockView block = chain.at(chain.finalizedHead());

    assertThat(block.constant("Balances", "ExistentialDeposit")).isEqualTo(Value.of(500));
    assertThat(block.storage("System", "Number").orElseThrow().asLong()).isEqualTo(block.number());
    assertThat(
            block.runtimeCall("AccountNonceApi", "account_nonce", Value.of(bob.account().bytes())))
        .isEqualTo(Value.of(0));
  }

  @Test
  void newHeadsArriveOverAWebSocketWhileItAnswersCalls() throws Exception {
    try (Subtensor live = Subtensor.connect(List.of(node.webSocket()), OPTIONS)) {
      BlockingQueue<Header> heads = new LinkedBlockingQueue<>();
      try (Subscription subscription =
          live.events()
              .newHeads(heads::add, why -> heads.add(new Header(-1, live.genesisHash())))) {
        Header first = heads.poll(10, TimeUnit.SECONDS);
        Header second = heads.poll(10, TimeUnit.SECONDS);
        assertThat(subscription).isNotNull();
        assertThat(second.number()).isEqualTo(first.number() + 1);
        assertThat(live.at(second.number()).parent()).isEqualTo(second.parent());
      }
    }
  }

  @Test
  void aWatchedExtrinsicIsReportedUntilItIsFinal() throws Exception {
    try (Subtensor live = Subtensor.connect(List.of(node.webSocket()), OPTIONS)) {
      SignedExtrinsic signed = live.sign(Calls.transferKeepAlive(bob.account(), 7), alice);
      BlockingQueue<String> states = new LinkedBlockingQueue<>();
      try (Subscription subscription =
          live.events()
              .submitAndWatch(
                  signed.bytes().asBytes(),
                  status -> states.add(status.name()),
                  why -> states.add("lost"))) {
        List<String> seen = new ArrayList<>();
        while (!seen.contains("finalized") && !seen.contains("lost")) {
          seen.add(states.poll(10, TimeUnit.SECONDS));
        }
        assertThat(subscription).isNotNull();
        assertThat(seen).contains("inBlock", "finalized");
      }
      assertThat(live.find(signed)).isInstanceOf(Outcome.Included.class);
    }
  }

  @Test
  void aLostConnectionIsToldToItsListeners() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (Subtensor live = Subtensor.connect(List.of(node.webSocket()), OPTIONS)) {
      Subscription subscription =
          live.events().newHeads(head -> {}, why -> told.add(why.getMessage()));
      node.close();
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("ws://127.0.0.1");
      subscription.close();
    }
  }

  @Test
  void anEndpointOfAnotherChainIsLeftOut() throws Exception {
    Genesis other =
        new Genesis(
            2,
            1_767_225_600_001L,
            DevelopmentAccounts.account("Bob"),
            DevelopmentAccounts.balances(),
            List.of());
    try (ChainNode stranger = ChainNode.start(other, Sealing.MANUAL, 0);
        Subtensor both =
            Subtensor.connect(List.of(node.webSocket(), node.http(), stranger.http()), OPTIONS)) {
      assertThat(both.genesisHash()).isEqualTo(chain.genesisHash());
      assertThat(
              new EndpointCheck(5)
                  .states(
                      List.of(
                          new HttpRpcClient(node.http(), RpcLimits.DEFAULT),
                          new HttpRpcClient(stranger.http(), RpcLimits.DEFAULT))))
          .extracting(EndpointState::standing)
          .containsExactly(EndpointState.Standing.IN_STEP, EndpointState.Standing.OTHER_CHAIN);
    }
  }

  @Test
  void feesAreAskedWithoutASignature() {
    long fee = chain.fee(Calls.transferKeepAlive(bob.account(), 1), alice.account());

    assertThat(fee).isPositive();
  }
}
