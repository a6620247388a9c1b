package dev.assay.report.yuma;

import dev.assay.chain.yuma.Clipping;
import dev.assay.chain.yuma.EpochTerms;
import dev.assay.chain.yuma.Yuma;
import dev.assay.chain.yuma.YumaInput;
import dev.assay.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An epoch as it stands, and as it would be after a change. Shares are u16, of 65535, and emissions
 * rao, both exactly as the chain stores them.
 *
 * @param netuid the subnet; absent for a scenario
 * @param readAt the block that was read; absent for a scenario
 * @param epochBlock the epoch's block
 * @param emission what it shares out, in rao
 * @param neurons by uid
 * @param changed validators whose weights change
 * @param notes what a reader must know besides
 */
public record YumaReport(
    Optional<Integer> netuid,
    Optional<Long> readAt,
    long epochBlock,
    long emission,
    List<Neuron> neurons,
    List<Changed> changed,
    List<String> notes) {
  private static final double U16_MAX = 65_535;
  private static final double RAO = 1e9;

  /** One neuron; {@code after} is absent where nothing changes. */
  public record Neuron(int uid, Optional<String> hotkey, Terms before, Optional<Terms> after) {}

  /**
   * What an epoch decides about a neuron.
   *
   * @param clipped how much of its own weights consensus cuts away, u16
   */
  public record Terms(
      boolean permit,
      boolean active,
      int stakeWeight,
      int consensus,
      int clipped,
      int validatorTrust,
      int incentive,
      int dividends,
      long serverEmission,
      long validatorEmission) {
    public long emission() {
      return serverEmission + validatorEmission;
    }
  }

  /** A validator whose weights change, with what counts of them. */
  public record Changed(int uid, List<Weight> before, List<Weight> after) {}

  /** A weight's share of its row as it counts, and what consensus leaves of it; u16. */
  public record Weight(int uid, int weight, int kept) {}

  /** Runs the epoch without and, where there is one, with a change. */
  public static YumaReport of(
      Optional<Integer> netuid,
      Optional<Long> readAt,
      List<String> hotkeys,
      YumaInput input,
      Optional<YumaChange> change,
      List<String> notes) {
    Optional<YumaInput> other =
        change.map(changes -> changes.applied(input, readAt.orElse(input.block())));
    List<Terms> before = terms(input);
    Optional<List<Terms>> after = other.map(YumaReport::terms);
    List<Neuron> neurons = new ArrayList<>();
    for (int uid = 0; uid < before.size(); uid++) {
      int place = uid;
      neurons.add(
          new Neuron(
              uid,
              uid < hotkeys.size() ? Optional.of(hotkeys.get(uid)) : Optional.empty(),
              before.get(uid),
              after.map(terms -> terms.get(place))));
    }
    List<String> all = new ArrayList<>(notes);
    List<Changed> changed = new ArrayList<>();
    for (int uid : change.map(YumaChange::validators).orElse(Set.of())) {
      changed.add(new Changed(uid, weights(input, uid), weights(other.orElseThrow(), uid)));
      if (!before.get(uid).permit()) {
        all.add("uid " + uid + " holds no validator permit, so its weights don't count");
      }
    }
    return new YumaReport(
        netuid, readAt, input.block(), input.emission(), neurons, changed, List.copyOf(all));
  }

  private static List<Terms> terms(YumaInput input) {
    List<EpochTerms> epoch = Yuma.epoch(input);
    List<List<Clipping>> clippings = Clipping.of(input);
    List<Terms> terms = new ArrayList<>();
    for (int uid = 0; uid < epoch.size(); uid++) {
      EpochTerms each = epoch.get(uid);
      int clipped = clippings.get(uid).stream().mapToInt(c -> c.weight() - c.kept()).sum();
      terms.add(
          new Terms(
              input.neurons().get(uid).validatorPermit(),
              each.active(),
              each.stakeWeight(),
              each.consensus(),
              clipped,
              each.validatorTrust(),
              each.incentive(),
              each.dividends(),
              each.serverEmission(),
              each.validatorEmission()));
    }
    return terms;
  }

  private static List<Weight> weights(YumaInput input, int uid) {
    return Clipping.of(input).get(uid).stream()
        .map(clipping -> new Weight(clipping.uid(), clipping.weight(), clipping.kept()))
        .toList();
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "epoch of block %d%s%s: %.4f alpha to share out"
            .formatted(
                epochBlock,
                netuid.map(id -> ", subnet " + id).orElse(""),
                readAt.map(block -> ", as seen after block " + block).orElse(""),
                emission / RAO));
    lines.addAll(table().lines());
    for (Changed each : changed) {
      lines.add("");
      lines.add("weights of uid " + each.uid() + ", and what consensus leaves of them:");
      lines.addAll(table(each).lines());
    }
    notes.forEach(note -> lines.add("note: " + note));
    return lines;
  }

  private Table table() {
    boolean isWhatIf = neurons.stream().anyMatch(neuron -> neuron.after().isPresent());
    Table table =
        isWhatIf
            ? new Table(
                "uid",
                "stake",
                "consensus",
                "after",
                "clipped",
                "after",
                "trust",
                "after",
                "incentive",
                "after",
                "dividends",
                "after",
                "alpha",
                "after")
            : new Table(
                "uid", "stake", "consensus", "clipped", "trust", "incentive", "dividends", "alpha");
    for (Neuron neuron : neurons) {
      List<String> cells = new ArrayList<>();
      cells.add(String.valueOf(neuron.uid()));
      cells.add(percent(neuron.before().stakeWeight()));
      List<Function<Terms, String>> columns =
          List.of(
              terms -> percent(terms.consensus()),
              terms -> terms.permit() ? percent(terms.clipped()) : "-",
              terms -> terms.permit() ? percent(terms.validatorTrust()) : "-",
              terms -> percent(terms.incentive()),
              terms -> percent(terms.dividends()),
              terms -> String.format(Locale.ROOT, "%.4f", terms.emission() / RAO));
      for (Function<Terms, String> column : columns) {
        cells.add(column.apply(neuron.before()));
        neuron.after().ifPresent(after -> cells.add(column.apply(after)));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static Table table(Changed changed) {
    Map<Integer, Weight> before = byUid(changed.before());
    Map<Integer, Weight> after = byUid(changed.after());
    TreeMap<Integer, Weight> either = new TreeMap<>(before);
    either.putAll(after);
    Table table = new Table("about uid", "weight", "counts", "weight after", "counts after");
    Weight none = new Weight(0, 0, 0);
    for (int uid : either.keySet()) {
      Weight old = before.getOrDefault(uid, none);
      Weight now = after.getOrDefault(uid, none);
      table.row(
          String.valueOf(uid),
          percent(old.weight()),
          percent(old.kept()),
          percent(now.weight()),
          percent(now.kept()));
    }
    return table;
  }

  private static Map<Integer, Weight> byUid(List<Weight> weights) {
    Map<Integer, Weight> byUid = new TreeMap<>();
    weights.forEach(weight -> byUid.put(weight.uid(), weight));
    return byUid;
  }

  private static String percent(int u16) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * u16 / U16_MAX);
  }
}
