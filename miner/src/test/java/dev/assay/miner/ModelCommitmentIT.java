package dev.assay.miner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.Patience;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.hub.http.HubException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of files to a commitment on a chain, as a validator then reads it. */
class ModelCommitmentIT {
  private static final int NETUID = 6;
  private static final Keypair HOTKEY = Keypair.fromUri("//Miner");
  private static final RepositoryId REPOSITORY = new RepositoryId("alice", "gloss");

  @TempDir private Path folder;
  private Path checkpoint;
  private Localnet localnet;
  private Subtensor chain;

  @BeforeEach
  void start() throws Exception {
    checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    Files.writeString(checkpoint.resolve("config.json"), "{}");
    Files.write(checkpoint.resolve("model.safetensors"), new byte[] {1, 2, 3});
    localnet =
        Localnet.start(
            new LocalnetOptions(
                folder,
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                NETUID,
                360,
                Sealing.INSTANT,
                1,
                SampleSubnet.withoutMiners(NETUID, List.of(Keypair.fromUri("//Alice"))),
                Map.of("alice", "secret"),
                LocalnetPorts.ANY,
                false,
                OptionalLong.empty(),
                false));
    Patience patience = new Patience(Duration.ofMillis(10), Duration.ofSeconds(30), false);
    chain =
        Subtensor.connect(List.of(localnet.chain()), ConnectOptions.DEFAULT.withPatience(patience));
  }

  @AfterEach
  void stop() throws Exception {
    chain.close();
    localnet.close();
  }

  private CommittedModel published() throws Exception {
    HubClient hub = HubClient.of(localnet.hub(), AccessToken.of("secret"));
    return new Publication(hub).publish(REPOSITORY, checkpoint, HOTKEY.account(), "b1");
  }

  @Test
  void whatIsPublishedAndCommittedIsWhatAValidatorReads() throws Exception {
    chain
        .submit(Calls.burnedRegister(NETUID, HOTKEY.account()), Keypair.fromUri("//Alice"))
        .orThrow("the registration");
    CommittedModel model = published();

    long block =
        ModelCommitment.commit(chain, NETUID, model, HOTKEY).orThrow("a commitment").number();

    byte[] text = chain.at(block).commitments(NETUID).get(0).content();
    assertThat(CommittedModel.parse(new String(text, UTF_8), "b1"))
        .isEqualTo(new CommittedModel.Parsed.Model(model));
    assertThat(HubClient.of(localnet.hub()).info(REPOSITORY).revision().hex())
        .isEqualTo(model.revision());
  }

  @Test
  void aChangedFileIsAnotherRevisionAndAnotherHash() throws Exception {
    CommittedModel first = published();
    Files.write(checkpoint.resolve("model.safetensors"), new byte[] {1, 2, 4});

    CommittedModel second = published();

    assertThat(second.revision()).isNotEqualTo(first.revision());
    assertThat(second.hash()).isNotEqualTo(first.hash());
  }

  @Test
  void aHotkeyThatIsNotRegisteredIsRefusedAndToldSo() throws Exception {
    CommittedModel model = published();

    Outcome outcome = ModelCommitment.commit(chain, NETUID, model, HOTKEY);

    assertThat(outcome.succeeded()).isFalse();
    assertThatThrownBy(() -> outcome.orThrow("the commitment of //Miner"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the commitment of //Miner: ");
  }

  private void register() {
    chain
        .submit(Calls.burnedRegister(NETUID, HOTKEY.account()), Keypair.fromUri("//Alice"))
        .orThrow("the registration");
  }

  @Test
  void whatThePublicationHoldsAlreadyMakesNoOtherRevision() throws Exception {
    assertThat(published()).isEqualTo(published());
  }

  @Test
  void aPrivateRepositoryIsItsOwnersUntilItIsShown() throws Exception {
    HubClient owner = HubClient.of(localnet.hub(), AccessToken.of("secret"));
    HubClient stranger = HubClient.of(localnet.hub());
    new Publication(owner).publish(REPOSITORY, checkpoint, HOTKEY.account(), "b1", true);

    assertThat(owner.info(REPOSITORY).isPrivate()).isTrue();
    assertThatThrownBy(() -> stranger.info(REPOSITORY)).isInstanceOf(HubException.NotFound.class);
    owner.makePublic(REPOSITORY);
    assertThat(stranger.info(REPOSITORY).isPrivate()).isFalse();
  }

  @Test
  void aRepeatedCommitmentChangesNothing() throws Exception {
    register();
    CommittedModel model = published();
    OnceCommitted committing = new OnceCommitted(chain, NETUID, HOTKEY);

    OnceCommitted.Result first = committing.commit(model);
    OnceCommitted.Result second = committing.commit(model);

    long block = ((OnceCommitted.Result.Held) first).block();
    assertThat(second).isEqualTo(new OnceCommitted.Result.Held(block, true));
    assertThat(chain.at(chain.finalizedHead()).nonce(HOTKEY.account())).isEqualTo(1);
  }

  @Test
  void whatWasSentBeforeAProcessWasKilledIsNotSentTwice() throws Exception {
    register();
    CommittedModel model = published();
    BlockView before = chain.at(chain.finalizedHead());
    byte[] text = model.text().getBytes(UTF_8);
    chain.send(chain.sign(Calls.setCommitment(NETUID, text), HOTKEY, before));

    Outcome again = chain.send(chain.sign(Calls.setCommitment(NETUID, text), HOTKEY, before));
    OnceCommitted.Result result = new OnceCommitted(chain, NETUID, HOTKEY).commit(model);

    assertThat(again.succeeded()).isFalse();
    assertThat(((OnceCommitted.Result.Held) result).already()).isTrue();
    assertThat(chain.at(chain.finalizedHead()).nonce(HOTKEY.account())).isEqualTo(1);
  }

  @Test
  void aHotkeyThatCommitsTooOftenIsToldThatItIsLimited() throws Exception {
    register();
    CommittedModel model = published();
    OnceCommitted committing = new OnceCommitted(chain, NETUID, HOTKEY);
    OnceCommitted.Result last = null;
    for (int each = 0; each < 40 && !(last instanceof OnceCommitted.Result.Limited); each++) {
      String revision = String.format("%040x", each);
      last =
          committing.commit(
              new CommittedModel(REPOSITORY, revision, model.hash(), model.competition()));
    }

    assertThat(last).isInstanceOf(OnceCommitted.Result.Limited.class);
  }

  @Test
  void whatWasPublishedIsKnownBesideTheCheckpoint() throws Exception {
    assertThat(Receipt.of(checkpoint)).isEmpty();
    Receipt receipt = new Receipt(published(), HOTKEY.account().ss58());

    receipt.keep(checkpoint);

    assertThat(Receipt.of(checkpoint)).contains(receipt);
    Files.writeString(folder.resolve("checkpoint.published"), "nonsense");
    assertThat(Receipt.of(checkpoint)).isEmpty();
  }
}
