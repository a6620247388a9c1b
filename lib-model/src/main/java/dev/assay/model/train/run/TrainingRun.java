package dev.assay.model.train.run;

import dev.assay.model.train.Trainer;
import dev.assay.model.train.TrainingStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A training run that any end of its process only interrupts. Beside the folder of its result,
 * NAME.run keeps the settings, the losses, the state to go on from and the best weights so far; a
 * later process with the same plan goes on from there and comes to the same bits on one machine.
 * NAME.adapter has the result's adapters by themselves, where they were trained and peft has a form
 * for them.
 */
public final class TrainingRun {
  private static final String BEST = "best-";
  private static final String ADAPTER = ".adapter";

  private final TrainingPlan plan;
  private final Path result;
  private final Path folder;
  private final Path state;
  private final TrainingWatcher watcher;

  private TrainingRun(TrainingPlan plan, Path result, TrainingWatcher watcher) {
    this.plan = plan;
    this.result = result;
    this.folder = folder(result);
    this.state = folder.resolve("state.safetensors");
    this.watcher = watcher;
  }

  /** Where a run keeps what it needs beside its result. */
  public static Path folder(Path result) {
    return result.toAbsolutePath().resolveSibling(result.getFileName() + ".run");
  }

  /** Where the result's adapters lie by themselves; not there if there are none. */
  public static Path adapter(Path result) {
    return result.toAbsolutePath().resolveSibling(result.getFileName() + ADAPTER);
  }

  /**
   * Trains, or goes on, until the result is there.
   *
   * @param result the folder of the checkpoint, which appears by one rename once training is over
   * @throws RunConflictException if there is a result, or a run, of another plan
   * @throws DivergedException if a loss is not finite
   */
  public static TrainingOutcome run(TrainingPlan plan, Path result, TrainingWatcher watcher)
      throws IOException {
    TrainingRun run = new TrainingRun(plan, result.toAbsolutePath(), watcher);
    for (Path taken : List.of(result, adapter(result))) {
      if (Files.exists(taken) && !Files.exists(run.folder)) {
        throw new RunConflictException(
            taken + " exists already; choose another folder for the result");
      }
    }
    Files.createDirectories(run.folder);
    try (FileChannel lock =
        FileChannel.open(
            run.folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      run.lock(lock);
      return run.finished();
    }
  }

  /** Until the channel is closed, or the process ends. */
  private void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException ownProcess) {
      // Told below.
    }
    throw new RunConflictException(
        folder + " is in use by another training run; wait for it, or stop it");
  }

  private TrainingOutcome finished() throws IOException {
    RunSettings.of(plan).keepIn(folder.resolve("settings.json"));
    Path losses = folder.resolve("losses.jsonl");
    if (Files.exists(result)) {
      Files.deleteIfExists(state);
      return RunLog.upTo(plan.options().steps(), losses).outcome(true);
    }
    RunLog log;
    try (Trainer trainer = plan.open()) {
      if (Files.exists(state)) {
        trainer.resume(state);
        watcher.resumed(trainer.done());
      }
      log = RunLog.upTo(trainer.done(), losses);
      keepOnlyBest(log);
      train(trainer, log);
    }
    Path adapter = Path.of(best(log) + ADAPTER);
    // The model comes last: a run that has one is over.
    if (Files.exists(adapter)) {
      Files.move(adapter, adapter(result), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(best(log), result, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(state);
    return log.outcome(false);
  }

  private void train(Trainer trainer, RunLog log) throws IOException {
    int steps = plan.options().steps();
    if (trainer.done() == 0 && log.outcome(false).heldOut().isEmpty()) {
      evaluate(trainer, log);
    }
    while (trainer.done() < steps) {
      int next = (trainer.done() / plan.evaluateEvery() + 1) * plan.evaluateEvery();
      trainer.run(plan.samples(), Math.min(next, steps), step -> took(step, log));
      evaluate(trainer, log);
      if (log.outcome(false).bestStep().orElse(0) == trainer.done()
          && (!plan.heldOut().isEmpty() || trainer.done() == steps)) {
        String name = BEST + trainer.done();
        trainer.saveAdapters(folder.resolve(name + ADAPTER), plan.base());
        trainer.save(folder.resolve(name), plan.otherFiles());
      }
      trainer.saveState(state);
      keepOnlyBest(log);
      watcher.saved(trainer.done());
    }
  }

  private void took(TrainingStep step, RunLog log) {
    if (!Double.isFinite(step.loss()) || !Double.isFinite(step.gradientNorm())) {
      throw new DivergedException(step.step(), step.loss());
    }
    try {
      log.add(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    watcher.step(step);
  }

  private void evaluate(Trainer trainer, RunLog log) throws IOException {
    if (plan.heldOut().isEmpty()) {
      return;
    }
    double loss = trainer.loss(plan.heldOut());
    if (!Double.isFinite(loss)) {
      throw new DivergedException(trainer.done(), loss);
    }
    log.addHeldOut(trainer.done(), loss);
    boolean best = log.outcome(false).bestStep().orElse(-1) == trainer.done();
    watcher.evaluated(trainer.done(), loss, best);
  }

  private Path best(RunLog log) {
    return folder.resolve(BEST + log.outcome(false).bestStep().orElseThrow());
  }

  /** Once the state is saved, no earlier weights are asked for, and later ones will come again. */
  private void keepOnlyBest(RunLog log) throws IOException {
    String best = BEST + log.outcome(false).bestStep().orElse(0);
    try (DirectoryStream<Path> checkpoints =
        Files.newDirectoryStream(folder, "{,.}" + BEST + "*")) {
      for (Path checkpoint : checkpoints) {
        String name = checkpoint.getFileName().toString();
        if (!name.equals(best) && !name.equals(best + ADAPTER)) {
          delete(checkpoint);
        }
      }
    }
  }

  private static void delete(Path checkpoint) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(checkpoint)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(checkpoint);
  }
}
