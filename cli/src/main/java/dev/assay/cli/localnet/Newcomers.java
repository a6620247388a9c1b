package dev.assay.cli.localnet;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.chain.Sent;
import dev.assay.cli.terminal.Amount;
import dev.assay.cli.terminal.UsageException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Optional;

/** Brings wallets onto a localnet's subnet by signed extrinsics, paid for by {@code //Alice}. */
final class Newcomers {
  private static final Keypair BANK = Keypair.fromUri("//Alice");
  private static final long TAO = 1_000_000_000L;

  /** Beside a price or a stake: enough for every fee. */
  private static final long POCKET_MONEY = 10 * TAO;

  private final Subtensor chain;
  private final int netuid;

  Newcomers(Subtensor chain, int netuid) {
    this.chain = chain;
    this.netuid = netuid;
  }

  /** A wallet with both keys in plain files; those that are missing are made. */
  static void complete(Wallet wallet) {
    SecureRandom random = new SecureRandom();
    if (!Files.exists(wallet.coldkeyFile()) && !Files.exists(wallet.coldkeyPublicFile())) {
      wallet.createColdkey(Optional.empty(), random);
    }
    if (!Files.exists(wallet.hotkeyFile()) && !Files.exists(wallet.hotkeyPublicFile())) {
      wallet.createHotkey(random);
    }
  }

  /** Sends an amount from the bank; the account then holds this. */
  long fund(AccountId account, long amount) {
    long held = now().balance(BANK.account()).free();
    if (held < amount) {
      throw new UsageException(
          "//Alice holds %s TAO on this chain, not %s; is it a localnet?"
              .formatted(Amount.of(held), Amount.of(amount)));
    }
    done(Calls.transferKeepAlive(account, amount), BANK, "the transfer");
    return now().balance(account).free();
  }

  /** Registers the hotkey, unless it is; the bank pays. */
  int register(Wallet wallet) {
    Optional<Neuron> known = neuron(wallet);
    if (known.isPresent()) {
      return known.get().uid();
    }
    top(wallet, now().registrationPrice(netuid));
    done(Calls.burnedRegister(netuid, wallet.hotkeyAccount()), coldkey(wallet), "the registration");
    return neuron(wallet).map(Neuron::uid).orElseThrow();
  }

  /** Registers the hotkey, unless it is, and stakes an amount on it; the bank pays. */
  Neuron stake(Wallet wallet, long amount) {
    register(wallet);
    top(wallet, amount);
    done(
        Calls.addStake(wallet.hotkeyAccount(), netuid, amount),
        coldkey(wallet),
        "adding the stake");
    return neuron(wallet).orElseThrow();
  }

  BlockView now() {
    return chain.at(chain.finalizedHead());
  }

  private Optional<Neuron> neuron(Wallet wallet) {
    return now().metagraph(netuid).neuron(wallet.hotkeyAccount());
  }

  private void top(Wallet wallet, long needed) {
    long free = now().balance(wallet.coldkeyAccount()).free();
    if (free < needed + POCKET_MONEY) {
      fund(wallet.coldkeyAccount(), needed + POCKET_MONEY - free);
    }
  }

  private static Keypair coldkey(Wallet wallet) {
    return wallet.coldkey(
        () -> {
          throw new UsageException(
              "the coldkey of %s has a password; use assay register and assay stake for it"
                  .formatted(wallet.name()));
        });
  }

  private void done(Call call, Signer signer, String what) {
    Sent.done(chain.submit(call, signer), what);
  }
}
