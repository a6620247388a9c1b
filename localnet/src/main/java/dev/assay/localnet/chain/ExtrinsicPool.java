package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.runtime.Validity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Extrinsics that wait for a block: those of one account in the order of their nonces, those of
 * different accounts by tip and then as they came. Guarded by the chain's lock.
 */
final class ExtrinsicPool {
  private static final int LIMIT = 8192;
  private static final int ACCOUNT_LIMIT = 1024;
  private static final int BANNED_LIMIT = 4096;
  private static final long BANNED_BLOCKS = 150;

  /** An extrinsic in the pool. */
  record Waiting(SignedExtrinsic extrinsic, Validity validity, long arrival) {}

  private final Map<Bytes32, Waiting> byHash = new LinkedHashMap<>();
  private final Map<AccountId, NavigableMap<Long, Waiting>> byAccount = new HashMap<>();
  private final Map<Bytes32, Long> banned =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes32, Long> eldest) {
          return size() > BANNED_LIMIT;
        }
      };
  private long arrivals;

  void checkNew(Bytes32 hash, long block) throws PoolException {
    if (byHash.containsKey(hash)) {
      throw PoolException.alreadyImported(hash);
    }
    if (banned.getOrDefault(hash, 0L) > block) {
      throw PoolException.temporarilyBanned();
    }
  }

  /** Adds an extrinsic and returns the one that it takes the place of. */
  Optional<SignedExtrinsic> add(SignedExtrinsic extrinsic, Validity validity) throws PoolException {
    NavigableMap<Long, Waiting> own =
        byAccount.computeIfAbsent(extrinsic.signer(), account -> new TreeMap<>());
    Waiting other = own.get(extrinsic.nonce());
    if (other != null && other.validity().priority() >= validity.priority()) {
      throw PoolException.tooLowPriority(validity.priority(), other.validity().priority());
    }
    if (other == null && (byHash.size() >= LIMIT || own.size() >= ACCOUNT_LIMIT)) {
      throw PoolException.immediatelyDropped();
    }
    if (other != null) {
      byHash.remove(other.extrinsic().hash());
    }
    Waiting waiting = new Waiting(extrinsic, validity, arrivals++);
    own.put(extrinsic.nonce(), waiting);
    byHash.put(extrinsic.hash(), waiting);
    return Optional.ofNullable(other).map(Waiting::extrinsic);
  }

  void remove(SignedExtrinsic extrinsic) {
    byHash.remove(extrinsic.hash());
    NavigableMap<Long, Waiting> own = byAccount.get(extrinsic.signer());
    if (own != null) {
      own.remove(extrinsic.nonce());
      if (own.isEmpty()) {
        byAccount.remove(extrinsic.signer());
      }
    }
  }

  void ban(SignedExtrinsic extrinsic, long block) {
    remove(extrinsic);
    banned.put(extrinsic.hash(), block + BANNED_BLOCKS);
  }

  /** The nonce after those of the account that follow one another from {@code nonce} on. */
  long nextNonce(AccountId account, long nonce) {
    NavigableMap<Long, Waiting> own = byAccount.getOrDefault(account, new TreeMap<>());
    long next = nonce;
    while (own.containsKey(next)) {
      next++;
    }
    return next;
  }

  /** All of them, in the order in which a block should try them. */
  List<SignedExtrinsic> inOrder() {
    List<Waiting> order = new ArrayList<>(byHash.values());
    order.sort(
        (one, other) -> {
          int byTip = Long.compare(other.validity().priority(), one.validity().priority());
          return byTip != 0 ? byTip : Long.compare(one.arrival(), other.arrival());
        });
    // An account's own order stands above tips and arrival.
    Map<AccountId, NavigableMap<Long, Waiting>> left = new HashMap<>();
    byAccount.forEach((account, own) -> left.put(account, new TreeMap<>(own)));
    List<SignedExtrinsic> result = new ArrayList<>(order.size());
    for (Waiting waiting : order) {
      result.add(left.get(waiting.extrinsic().signer()).pollFirstEntry().getValue().extrinsic());
    }
    return result;
  }

  Collection<Waiting> waiting() {
    return List.copyOf(byHash.values());
  }
}
