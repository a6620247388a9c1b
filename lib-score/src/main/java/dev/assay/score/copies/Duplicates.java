package dev.assay.score.copies;

import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.TieBreak;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models with the same content: only the earliest counts. */
public final class Duplicates {
  private Duplicates() {}

  /**
   * Gives every copy the verdict {@link Verdict#DUPLICATE} and takes away its losses. Models that
   * the miner failed with stay as they are and make no other model a copy. Callable before any loss
   * is computed, so that nothing is spent on copies.
   */
  public static List<ModelResult> settle(List<ModelResult> models, TieBreak tieBreak) {
    Map<String, Entry> firsts = new HashMap<>();
    for (ModelResult model : models) {
      Optional<String> digest = model.entry().digest();
      if (digest.isPresent() && !model.outcome().isMinersFault()) {
        firsts.merge(digest.get(), model.entry(), (one, other) -> earlier(one, other, tieBreak));
      }
    }
    List<ModelResult> settled = new ArrayList<>(models.size());
    for (ModelResult model : models) {
      Entry first = model.entry().digest().map(firsts::get).orElse(model.entry());
      boolean isFirst = first == null || first.uid() == model.entry().uid();
      boolean duplicate = !isFirst && !model.outcome().isMinersFault();
      settled.add(duplicate ? duplicateOf(model.entry(), first) : model);
    }
    return settled;
  }

  /** Under the original's rule the first in the list is kept where the blocks are equal. */
  private static Entry earlier(Entry first, Entry second, TieBreak tieBreak) {
    if (tieBreak == TieBreak.NONE) {
      return second.block() < first.block() ? second : first;
    }
    return EntryOrder.EARLIEST_FIRST.compare(first, second) <= 0 ? first : second;
  }

  private static ModelResult duplicateOf(Entry entry, Entry first) {
    Breach breach =
        new Breach(
            "a content counts once, for whoever committed it first",
            entry.digest().orElseThrow(),
            "committed at block "
                + first.block()
                + " by uid "
                + first.uid()
                + " ("
                + first.hotkey()
                + ")");
    return ModelResult.failed(entry, Outcome.of(Verdict.DUPLICATE, breach));
  }
}
