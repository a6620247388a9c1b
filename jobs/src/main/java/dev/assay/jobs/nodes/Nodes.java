package dev.assay.jobs.nodes;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.fanout.Cluster;
import dev.assay.jobs.fanout.Executor;
import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.fanout.Patience;
import dev.assay.jobs.fanout.Quarantine;
import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.placement.Load;
import dev.assay.jobs.placement.Placement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of a cluster as the driver knows them. Each is asked before it gets its first unit; one
 * that comes late is asked as it is first seen. Losses of one evaluation are of one machine, so
 * nodes of another get nothing.
 */
public final class Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

  /** A GPU's first context and the engine's first program take long on a cold node. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** Where no executor is known yet, and asking brings one. */
  private static final String ANY = "";

  private final JavaSparkContext spark;
  private final Cluster all;
  private final Work<String, NodeReport> question;
  private final Consumer<String> told;
  private final AtomicInteger questions = new AtomicInteger();
  private final Map<String, NodeReport> reports = new TreeMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Set<String>> contents = new HashMap<>();
  private String machine = "";
  private Optional<Thread> ahead = Optional.empty();

  /**
   * No node is known yet.
   *
   * @param all executors, those included that will be found unfit
   * @param question as {@link NodeQuestion} asks it
   * @param told called with one line about a node that gets nothing
   */
  public Nodes(
      Cluster all,
      JavaSparkContext spark,
      Work<String, NodeReport> question,
      Consumer<String> told) {
    this.all = all;
    this.spark = spark;
    this.question = question;
    this.told = told;
  }

  /**
   * Begins to ask every live node, for answers that are needed later: their engines start while the
   * driver does other things. Whatever goes wrong shows when they are needed.
   */
  public void askAhead() {
    ahead = Optional.of(beside(this::askAll));
  }

  /**
   * Asks every live node that has not been asked, and waits for the answers.
   *
   * @throws NotReadyException if none of them can be used
   */
  public void ask() throws InterruptedException {
    if (ahead.isPresent()) {
      ahead.get().join();
    }
    askAll();
  }

  private void askAll() throws InterruptedException {
    Set<String> fresh = unasked(all.executors());
    if (fresh.isEmpty() && known().isEmpty()) {
      fresh = Set.of(ANY);
    }
    ask(fresh);
    List<NodeReport> known = known();
    if (!known.isEmpty() && known.stream().noneMatch(NodeReport::isFit)) {
      throw new NotReadyException(
          "no node can be used: "
              + known.stream().map(NodeReport::problem).distinct().collect(Collectors.joining("; "))
              + "; see assay doctor --cluster");
    }
  }

  private synchronized List<NodeReport> known() {
    return List.copyOf(reports.values());
  }

  /** What every node that was asked has answered, by its name. */
  public synchronized Map<String, NodeReport> reports() {
    return new TreeMap<>(reports);
  }

  private synchronized Set<String> unasked(List<Executor> live) {
    Set<String> fresh = new HashSet<>();
    for (Executor executor : live) {
      if (asked.add(executor.node())) {
        fresh.add(executor.node());
      }
    }
    return fresh;
  }

  private void ask(Set<String> nodes) throws InterruptedException {
    Map<String, Set<String>> own = new HashMap<>();
    nodes.forEach(node -> own.put(node, Set.of(node)));
    FanOut fanOut =
        new FanOut(
            spark,
            all,
            all::slots,
            1,
            Patience.until(LONGEST),
            all.gpusPerTask(),
            new Quarantine(ignored -> {}));
    fanOut.run(
        "nodes-" + questions.incrementAndGet(),
        new Placement<>(
            nodes.stream().sorted().map(node -> new Load<>(node, node, 0)).toList(),
            new Holdings(own)),
        node -> "asks " + node,
        question,
        report -> false,
        this::answered);
  }

  /** A wish is not always granted, so the answer may be another node's. */
  private void answered(String node, Fate<NodeReport> fate) {
    if (!(fate instanceof Fate.Returned<NodeReport> returned)) {
      answered(
          node, new NodeReport("", "", "node " + node + " does not answer: " + fate, List.of()));
      return;
    }
    NodeReport report = returned.value();
    String from =
        all.executors().stream()
            .filter(executor -> executor.id().equals(report.executor()))
            .map(Executor::node)
            .findFirst()
            .orElse(node);
    answered(from, report);
    forget(node, from);
  }

  private synchronized void answered(String node, NodeReport report) {
    asked.add(node);
    reports.put(node, report);
    contents.computeIfAbsent(node, ignored -> new HashSet<>()).addAll(report.contents());
    if (!report.isFit()) {
      told.accept("node %s gets no units: %s".formatted(node, report.problem()));
    }
  }

  /** What was not asked after all will be. */
  private synchronized void forget(String node, String answered) {
    if (!node.equals(answered)) {
      asked.remove(node);
    }
  }

  /**
   * Settles whose kernels the losses are of, if that is not settled yet.
   *
   * @param preferred the machine that has computed before; the one with the most nodes if no node
   *     is one, and of several the first by name
   */
  public synchronized void settle(Optional<String> preferred) {
    if (!machine.isEmpty()) {
      return;
    }
    Map<String, Long> counts =
        reports.values().stream()
            .filter(NodeReport::isFit)
            .collect(
                Collectors.groupingBy(NodeReport::machine, TreeMap::new, Collectors.counting()));
    machine =
        preferred
            .filter(counts::containsKey)
            .or(
                () ->
                    counts.entrySet().stream()
                        .max(
                            Map.Entry.<String, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                        .map(Map.Entry::getKey))
            .orElse("");
    reports.forEach(this::tellIfOther);
  }

  private void tellIfOther(String node, NodeReport report) {
    if (report.isFit() && !report.machine().equals(machine)) {
      told.accept(
          "node %s computes as %s, this evaluation as %s; it gets no units"
              .formatted(node, report.machine(), machine));
    }
  }

  /** The machine, as kernels' names end; empty as long as none is settled. */
  public synchronized String machine() {
    return machine;
  }

  /** Whether an executor may be given units; one of a node not seen before is asked now. */
  public boolean admits(Executor executor) {
    Optional<NodeReport> report = report(executor.node());
    if (report.isEmpty()) {
      askLate(executor);
    }
    return report.filter(this::isAdmitted).isPresent();
  }

  private synchronized Optional<NodeReport> report(String node) {
    return Optional.ofNullable(reports.get(node));
  }

  private boolean isAdmitted(NodeReport report) {
    return report.isFit() && (machine().isEmpty() || report.machine().equals(machine()));
  }

  private void askLate(Executor executor) {
    Set<String> fresh = unasked(List.of(executor));
    if (!fresh.isEmpty()) {
      beside(
          () -> {
            ask(fresh);
            fresh.forEach(node -> report(node).ifPresent(report -> tellLate(node, report)));
          });
    }
  }

  /** What a thread of its own asks. */
  private interface Asking {
    void run() throws InterruptedException;
  }

  private static Thread beside(Asking asking) {
    Thread thread =
        new Thread(
            () -> {
              try {
                asking.run();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException ended) {
                LOG.debug("nodes could not be asked", ended);
              }
            },
            "assay-nodes");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void tellLate(String node, NodeReport report) {
    if (!machine().isEmpty()) {
      tellIfOther(node, report);
    }
  }

  /** The executors that may be given units. */
  public Cluster cluster() {
    return all.admitting(this::admits);
  }

  /** An executor's node holds a content now. */
  public void holds(String executor, String content) {
    all.executors().stream()
        .filter(live -> live.id().equals(executor))
        .findFirst()
        .ifPresent(live -> hold(live.node(), content));
  }

  private synchronized void hold(String node, String content) {
    contents.computeIfAbsent(node, ignored -> new HashSet<>()).add(content);
  }

  /** What the nodes hold, as far as they have said or been seen to fetch. */
  public synchronized Holdings holdings() {
    return new Holdings(contents);
  }
}
