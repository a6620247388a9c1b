package dev.assay.jobs.submit;

import dev.assay.chain.subtensor.Weight;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several runs of submit at once, with one hotkey and a vector each for one window. What the chain
 * took is counted by its own events.
 *
 * @param folders 1 for runs on one machine; as many as runs where none knows of another
 * @param runs how many there are
 * @param processes whether each is a process of its own, or a thread
 * @param pauses milliseconds by which each starts late
 */
record Race(int number, int folders, int runs, boolean processes, List<Integer> pauses) {
  static final int WINDOW = 5;
  static final String TEMPLATE = "template";
  private static final String TABLES = "tables";
  private static final int NETUID = ValidatorsChain.PLAIN;
  private static final int EVERY_NTH_IS_NEW = 8;

  Race {
    pauses = List.copyOf(pauses);
  }

  /** A race that a seed and its number alone decide. */
  static Race of(long seed, int number, boolean processes) {
    Random random = new Random(seed * 1_000_003 + number);
    int runs = processes ? 2 : 2 + random.nextInt(3);
    int folders = random.nextBoolean() ? 1 : runs;
    int latest = random.nextInt(4) * 20;
    List<Integer> pauses =
        IntStream.range(0, runs).mapToObj(run -> random.nextInt(latest + 1)).toList();
    return new Race(number, folders, runs, processes, pauses);
  }

  /** How it ended; empty problems for a race that nobody won twice. */
  record Ended(List<State> states, List<String> problems) {}

  Ended run(ValidatorsChain chain, Path place) throws Exception {
    chain.seal(WINDOW - (int) (chain.head().number() % WINDOW));
    long before = chain.head().number();
    long window = before / WINDOW;
    List<ValidatorFolder> validators = validators(chain, place);
    for (int run = 0; run < runs; run++) {
      validators.get(run).evaluation("e" + run, window, 65_535, run + 1, 0);
    }
    List<State> states = processes ? byProcesses(place) : byThreads(validators);
    List<String> problems = new ArrayList<>(problems(chain, before, states));
    for (int run = 0; run < runs; run++) {
      State later = finished(validators.get(run), "e" + run);
      if (later != State.ALREADY_SET && later != State.REFUSED) {
        problems.add("e" + run + " ends as " + later);
      }
    }
    problems.addAll(problems(chain, before, states));
    return new Ended(states, problems.stream().distinct().toList());
  }

  private List<ValidatorFolder> validators(ValidatorsChain chain, Path place) throws Exception {
    List<ValidatorFolder> validators = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Path folder = Files.createDirectories(folder(place, run));
      if (!isNew() && !Files.exists(folder.resolve(TABLES))) {
        copy(place.resolve(TEMPLATE), folder.resolve(TABLES));
      }
      validators.add(new ValidatorFolder(chain, folder, NETUID, "", WINDOW));
    }
    return validators;
  }

  /** Makes the tables that most races start from, so that each need not make its own. */
  static void prepare(ValidatorsChain chain, Path place) throws Exception {
    ValidatorFolder validator =
        new ValidatorFolder(chain, Files.createDirectory(place.resolve("model")), NETUID, "");
    try (Warehouse warehouse = validator.warehouse()) {
      Warehouse.TABLES.forEach(warehouse::table);
    }
    Files.move(place.resolve("model").resolve(TABLES), place.resolve(TEMPLATE));
  }

  /** Whether its tables don't exist before it begins. */
  private boolean isNew() {
    return number % EVERY_NTH_IS_NEW == 0;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  private Path folder(Path place, int run) {
    return place.resolve("race" + number + "-" + run % folders);
  }

  private List<String> problems(ValidatorsChain chain, long before, List<State> states) {
    List<String> problems = new ArrayList<>();
    int set = chain.weightsSet(NETUID, before);
    if (set != 1) {
      problems.add(set + " vectors were set");
    }
    long won = states.stream().filter(state -> state == State.SET).count();
    if (won != 1) {
      problems.add(won + " runs say that they set it");
    } else if (!chain.weights().equals(vector(chain, states.indexOf(State.SET)))) {
      problems.add("the chain holds " + chain.weights());
    }
    return problems;
  }

  private static List<Weight> vector(ValidatorsChain chain, int run) {
    return List.of(new Weight(chain.uid("//M1"), 65_535), new Weight(chain.uid("//M2"), run + 1));
  }

  private List<State> byThreads(List<ValidatorFolder> validators) throws Exception {
    CyclicBarrier start = new CyclicBarrier(runs);
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      List<Future<State>> racing = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        int own = run;
        racing.add(
            threads.submit(
                () -> {
                  start.await();
                  TimeUnit.MILLISECONDS.sleep(pauses.get(own));
                  return finished(validators.get(own), "e" + own);
                }));
      }
      List<State> states = new ArrayList<>();
      for (Future<State> each : racing) {
        states.add(each.get());
      }
      return states;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whoever finds another at work comes back until it isn't. */
  private static State finished(ValidatorFolder validator, String evaluation)
      throws InterruptedException {
    while (true) {
      try {
        return validator.submit(evaluation).state();
      } catch (NotReadyException busy) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
  }

  private List<State> byProcesses(Path place) throws Exception {
    List<Process> racing = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      racing.add(SubmitProcess.start(folder(place, run), "e" + run));
    }
    List<State> states = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      if (racing.get(run).waitFor() != 0) {
        throw new IllegalStateException("see " + folder(place, run).resolve("e" + run + ".output"));
      }
      states.add(SubmitProcess.state(folder(place, run), "e" + run));
    }
    return states;
  }

  @Override
  public String toString() {
    return "race %d: %d %s on %d %s"
        .formatted(
            number,
            runs,
            processes ? "processes" : "threads",
            folders,
            folders == 1 ? "folder" : "folders");
  }
}
