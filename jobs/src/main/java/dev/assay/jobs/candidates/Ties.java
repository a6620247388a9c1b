package dev.assay.jobs.candidates;

import dev.assay.chain.extrinsic.BlockCall;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.rules.TieBreak;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who was first of those that stand since the same block: the places of their extrinsics, read from
 * the bodies of these blocks alone.
 */
public final class Ties {
  private final Subtensor chain;
  private final int netuid;
  private final Map<Long, List<BlockCall>> bodies = new HashMap<>();

  /** Ties of a subnet's candidates. */
  public Ties(Subtensor chain, int netuid) {
    this.chain = chain;
    this.netuid = netuid;
  }

  /**
   * The candidates, with the extrinsic's place of those that share their block with another of
   * their competition, where its policy asks who was first. One that did not sign the call itself,
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

  /** The last such extrinsic counts: a later commitment of the block replaced the earlier one. */
  private Optional<Integer> place(Entry entry) {
    AccountId hotkey = AccountId.fromSs58(entry.hotkey());
    List<BlockCall> body =
        bodies.computeIfAbsent(entry.standsSince(), block -> new ArrayList<>(chain.calls(block)));
    boolean byCommitment = entry.block() == entry.standsSince();
    return body.stream()
        .filter(call -> isOf(call, netuid))
        .filter(call -> byCommitment ? commits(call, hotkey) : registers(call, hotkey))
        .map(BlockCall::index)
        .max(Integer::compare);
  }

  private static boolean isOf(BlockCall call, int netuid) {
    return call.arguments().find("netuid").filter(Value.of(netuid)::equals).isPresent();
  }

  private static boolean commits(BlockCall call, AccountId hotkey) {
    return call.pallet().equals("Commitments")
        && call.call().equals("set_commitment")
        && call.signer().equals(hotkey);
  }

  private static boolean registers(BlockCall call, AccountId hotkey) {
    return call.pallet().equals("SubtensorModule")
        && call.call().contains("register")
        && call.arguments().find("hotkey").filter(Value.of(hotkey.bytes())::equals).isPresent();
  }
}
