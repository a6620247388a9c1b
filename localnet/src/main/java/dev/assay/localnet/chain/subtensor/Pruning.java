package dev.assay.localnet.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which neuron makes room for a new one ({@code get_neuron_to_prune}). */
final class Pruning {
  private static final Comparator<Candidate> WORST_FIRST =
      Comparator.comparingLong(Candidate::emission)
          .thenComparingLong(Candidate::registeredAt)
          .thenComparingInt(Candidate::uid);
  private static final Comparator<Candidate> OLDEST_FIRST =
      Comparator.comparingLong(Candidate::registeredAt).thenComparingInt(Candidate::uid);

  private Pruning() {}

  private record Candidate(int uid, AccountId hotkey, long emission, long registeredAt) {}

  static OptionalInt candidate(Storage storage, int netuid, long block) {
    List<Candidate> all = candidates(storage, netuid);
    Set<AccountId> immortal = immortal(storage, netuid, all);
    long immunity = storage.get(Hyperparameters.IMMUNITY_PERIOD.at(netuid));
    List<Candidate> immune = new ArrayList<>();
    List<Candidate> free = new ArrayList<>();
    for (Candidate candidate : all) {
      if (!immortal.contains(candidate.hotkey())) {
        boolean young = block - candidate.registeredAt() < immunity;
        (young ? immune : free).add(candidate);
      }
    }
    int kept = storage.get(Hyperparameters.MIN_NON_IMMUNE_UIDS.at(netuid));
    List<Candidate> eligible = free.size() > kept ? free : immune;
    Optional<Candidate> worst = eligible.stream().min(WORST_FIRST);
    return worst.isPresent() ? OptionalInt.of(worst.get().uid()) : OptionalInt.empty();
  }

  private static List<Candidate> candidates(Storage storage, int netuid) {
    List<Long> emission = storage.get(Neurons.EMISSION.at(netuid));
    List<Candidate> all = new ArrayList<>();
    for (int uid = 0; uid < storage.get(Subnets.SUBNETWORK_N.at(netuid)); uid++) {
      long own = uid < emission.size() ? emission.get(uid) : 0;
      long registeredAt = storage.get(Neurons.BLOCK_AT_REGISTRATION.at(netuid, uid));
      all.add(new Candidate(uid, storage.get(Neurons.KEYS.at(netuid, uid)), own, registeredAt));
    }
    return all;
  }

  /** The owner's oldest neurons, as many as the subnet allows, its own hotkey first. */
  private static Set<AccountId> immortal(Storage storage, int netuid, List<Candidate> all) {
    AccountId owner = storage.get(Subnets.SUBNET_OWNER.at(netuid));
    Set<AccountId> owned = new HashSet<>(storage.get(Stakes.OWNED_HOTKEYS.at(owner)));
    int limit = storage.get(Hyperparameters.IMMUNE_OWNER_UIDS_LIMIT.at(netuid));
    List<AccountId> oldest =
        new ArrayList<>(
            all.stream()
                .filter(candidate -> owned.contains(candidate.hotkey()))
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .map(Candidate::hotkey)
                .toList());
    Optional<AccountId> ownerHotkey =
        storage
            .find(Subnets.SUBNET_OWNER_HOTKEY.at(netuid))
            .filter(hotkey -> storage.has(Neurons.UIDS.at(netuid, hotkey)))
            .filter(hotkey -> !oldest.contains(hotkey));
    ownerHotkey.ifPresent(hotkey -> oldest.add(0, hotkey));
    return new HashSet<>(oldest.subList(0, Math.min(limit, oldest.size())));
  }
}
