package dev.assay.jobs.candidates;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.subtensor.SubnetCalls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.rules.TieBreak;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The order of entries that stand since the same block: the places of their extrinsics, read from
 * the bodies of these blocks alone.
 */
public final class Ties {
  private final Subtensor chain;
  private final int netuid;
  private final Map<Long, SubnetCalls> bodies = new HashMap<>();

  /** Ties of a subnet's candidates. */
  public Ties(Subtensor chain, int netuid) {
    this.chain = chain;
    this.netuid = netuid;
  }

  /**
   * The candidates, with the extrinsic's place of those that share their block with another of
   * their competition, where its policy asks for the order. One that did not sign the call itself,
   * through a proxy or a batch, has no place, and so comes last.
   */
  public List<Candidate> broken(List<Candidate> candidates) {
    Map<String, List<Entry>> rivals =
        candidates.stream()
            .filter(Ties::needsOrder)
            .collect(
                Collectors.groupingBy(
                    candidate -> candidate.competition().orElseThrow().id(),
                    Collectors.mapping(
                        candidate -> candidate.entry(Optional.empty()), Collectors.toList())));
    Map<String, Integer> places = new HashMap<>();
    for (List<Entry> entries : rivals.values()) {
      for (Entry tied : EntryOrder.tied(entries)) {
        place(tied).ifPresent(index -> places.put(tied.hotkey(), index));
      }
    }
    return candidates.stream()
        .map(
            candidate ->
                Optional.ofNullable(places.get(candidate.commitment().hotkey()))
                    .map(candidate::at)
                    .orElse(candidate))
        .toList();
  }

  private static boolean needsOrder(Candidate candidate) {
    return candidate.fault().isEmpty()
        && candidate.competition().orElseThrow().policy().entrants().tieBreak()
            == TieBreak.EXTRINSIC;
  }

  private OptionalInt place(Entry entry) {
    AccountId hotkey = AccountId.fromSs58(entry.hotkey());
    SubnetCalls body =
        bodies.computeIfAbsent(
            entry.standsSince(), block -> new SubnetCalls(netuid, chain.calls(block)));
    return entry.block() == entry.standsSince()
        ? body.commitment(hotkey)
        : body.registration(hotkey);
  }
}
