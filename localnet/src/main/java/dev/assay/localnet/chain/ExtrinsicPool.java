package dev.assay.localnet.chain;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.runtime.Validity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Extrinsics that wait for a block: those of one account in the order of their nonces, those of
 * different accounts by priority, then those that end sooner, then as they came; so does
 * Substrate's. Guarded by the chain's lock.
 */
final class ExtrinsicPool {
  private static final int BANNED_LIMIT = 4096;
  private static final long BANNED_BLOCKS = 150;

  /** An extrinsic in the pool. */
  record Waiting(SignedExtrinsic extrinsic, Validity validity, long arrival) {}

  /**
   * What the pool holds at most.
   *
   * @param extrinsics how many
   * @param bytes how much of them
   * @param ofAccount how many of one account
   */
  record Limits(int extrinsics, long bytes, int ofAccount) {
    /** Substrate's own for extrinsics that are ready. */
    static final Limits DEFAULT = new Limits(8192, 20 * 1024 * 1024, 1024);
  }

  private final Limits limits;
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
  private long bytes;

  ExtrinsicPool(Limits limits) {
    this.limits = limits;
  }

  void checkNew(Bytes32 hash, long block) throws PoolException {
    if (byHash.containsKey(hash)) {
      throw PoolException.alreadyImported(hash);
    }
    if (banned.getOrDefault(hash, 0L) > block) {
      throw PoolException.temporarilyBanned();
    }
  }

  /** Adds an extrinsic, unless another has its nonce already: none weighs more than another. */
  void add(SignedExtrinsic extrinsic, Validity validity) throws PoolException {
    NavigableMap<Long, Waiting> own =
        byAccount.getOrDefault(extrinsic.signer(), Collections.emptyNavigableMap());
    if (own.containsKey(extrinsic.nonce())) {
      long other = own.get(extrinsic.nonce()).validity().priority();
      throw PoolException.tooLowPriority(validity.priority(), other);
    }
    int length = extrinsic.bytes().length();
    boolean full = byHash.size() >= limits.extrinsics() || bytes + length > limits.bytes();
    if (full || own.size() >= limits.ofAccount()) {
      throw PoolException.immediatelyDropped();
    }
    Waiting waiting = new Waiting(extrinsic, validity, arrivals++);
    byAccount
        .computeIfAbsent(extrinsic.signer(), account -> new TreeMap<>())
        .put(extrinsic.nonce(), waiting);
    byHash.put(extrinsic.hash(), waiting);
    bytes += length;
  }

  void remove(SignedExtrinsic extrinsic) {
    if (byHash.remove(extrinsic.hash()) == null) {
      return;
    }
    bytes -= extrinsic.bytes().length();
    NavigableMap<Long, Waiting> own = byAccount.get(extrinsic.signer());
    own.remove(extrinsic.nonce());
    if (own.isEmpty()) {
      byAccount.remove(extrinsic.signer());
    }
  }

  void ban(SignedExtrinsic extrinsic, long block) {
    remove(extrinsic);
    banned.put(extrinsic.hash(), block + BANNED_BLOCKS);
  }

  /** The nonce after those of the account that follow one another from {@code nonce} on. */
  long nextNonce(AccountId account, long nonce) {
    return nonce + following(account, nonce).size();
  }

  /** Those of the account that follow one another from {@code nonce} on. */
  List<SignedExtrinsic> following(AccountId account, long nonce) {
    NavigableMap<Long, Waiting> own =
        byAccount.getOrDefault(account, Collections.emptyNavigableMap());
    List<SignedExtrinsic> found = new ArrayList<>();
    while (own.containsKey(nonce + found.size())) {
      found.add(own.get(nonce + found.size()).extrinsic());
    }
    return found;
  }

  /** Those that the next block could hold, for the accounts' nonces. */
  List<SignedExtrinsic> ready(ToLongFunction<AccountId> nonces) {
    Set<SignedExtrinsic> ready = Collections.newSetFromMap(new IdentityHashMap<>());
    for (AccountId account : byAccount.keySet()) {
      ready.addAll(following(account, nonces.applyAsLong(account)));
    }
    return inOrder().stream().filter(ready::contains).toList();
  }

  /** All of them, in the order in which a block should try them. */
  List<SignedExtrinsic> inOrder() {
    List<Waiting> order = new ArrayList<>(byHash.values());
    order.sort(
        Comparator.comparingLong((Waiting each) -> -each.validity().priority())
            .thenComparingLong(each -> each.validity().validUntil())
            .thenComparingLong(Waiting::arrival));
    // An account's own order stands above all of that.
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
