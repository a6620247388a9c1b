package dev.assay.localnet.feed;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import java.util.List;

/**
 * The subnet that makes samples: its validators send prompts, and its miners answer them.
 *
 * @param netuid the subnet; part of what validators sign
 * @param validators the keys of those that ask and sign, in turn; at least one
 * @param miners those that answer; where there are none, a validator answers itself, and samples
 *     name nobody
 */
public record SampleSubnet(int netuid, List<Keypair> validators, List<AnsweringMiner> miners) {
  /** Copies the lists; checks the bounds. */
  public SampleSubnet {
    validators = List.copyOf(validators);
    miners = List.copyOf(miners);
    if (validators.isEmpty()) {
      throw new IllegalArgumentException("a feed needs at least one validator that signs samples");
    }
    if (netuid < 0 || netuid > 0xffff) {
      throw new IllegalArgumentException("a netuid is 0 to 65535, not " + netuid);
    }
  }

  /** Validators that answer their own prompts. */
  public static SampleSubnet withoutMiners(int netuid, List<Keypair> validators) {
    return new SampleSubnet(netuid, validators, List.of());
  }

  /** The validators' accounts, in their order. */
  public List<AccountId> askers() {
    return validators.stream().map(Keypair::account).toList();
  }
}
