package dev.assay.cli.participants;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;

/** Brings participants onto the subnet by signed extrinsics, as anybody would. */
public final class Enrolment {
  private static final long RAO_PER_TAO = 1_000_000_000L;

  /** Enough for a registration and its fees. */
  private static final long MINERS_FUNDS = 100 * RAO_PER_TAO;

  private final Subtensor chain;
  private final int netuid;
  private final Keypair bank;

  /**
   * @param bank pays for everything
   */
  public Enrolment(Subtensor chain, int netuid, Keypair bank) {
    this.chain = chain;
    this.netuid = netuid;
    this.bank = bank;
  }

  /** Funds and registers a miner, unless it is registered. */
  public void miner(Participant miner) {
    if (isRegistered(miner)) {
      return;
    }
    fund(miner, MINERS_FUNDS);
    register(miner);
  }

  /**
   * Funds and registers a validator and stakes on it, unless it is registered.
   *
   * @param stake in TAO
   */
  public void validator(Participant validator, long stake) {
    if (isRegistered(validator)) {
      return;
    }
    fund(validator, MINERS_FUNDS + stake * RAO_PER_TAO);
    register(validator);
    done(
        Calls.addStake(validator.hotkey().account(), netuid, stake * RAO_PER_TAO),
        validator.coldkey());
  }

  private boolean isRegistered(Participant participant) {
    return chain
        .at(chain.finalizedHead())
        .metagraph(netuid)
        .neuron(participant.account())
        .isPresent();
  }

  private void fund(Participant participant, long amount) {
    done(Calls.transferKeepAlive(participant.coldkey().account(), amount), bank);
  }

  private void register(Participant participant) {
    done(Calls.burnedRegister(netuid, participant.hotkey().account()), participant.coldkey());
  }

  /** Submits a call and insists on its success. */
  private void done(Call call, Signer signer) {
    chain
        .submit(call, signer)
        .orThrow(call.pallet() + "." + call.name() + " of " + signer.account());
  }
}
