package dev.assay.model.train.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Adapters;
import dev.assay.model.train.BaseName;
import dev.assay.model.train.BatchSize;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LearningRate;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.RandomSamples;
import dev.assay.model.train.Schedule;
import dev.assay.model.train.TrainingOptions;
import dev.assay.model.train.TrainingStep;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final List<EncodedSample> SAMPLES = RandomSamples.chains(60, 12, 24, 50);
  private static final int STEPS = 5;

  @TempDir private Path folder;
  private Path start;

  /** Writes down what it hears, and ends the run at one of these events. */
  private static class Listener implements TrainingWatcher {
    final List<String> heard = new ArrayList<>();
    private final int last;

    Listener(int last) {
      this.last = last;
    }

    private void hear(String event) {
      heard.add(event);
      if (heard.size() == last) {
        throw new Killed();
      }
    }

    @Override
    public void step(TrainingStep step) {
      hear("step " + step.step());
    }

    @Override
    public void resumed(int done) {
      heard.add("resumed " + done);
    }

    @Override
    public void evaluated(int step, double loss, boolean best) {
      hear("evaluated " + step + (best ? " best" : ""));
    }

    @Override
    public void saved(int step) {
      hear("saved " + step);
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void initialise() throws Exception {
    start = folder.resolve("start");
    Initialisation.write(start, new LlamaShape(50, 16, 24, 2, 2, 2, 64), 7, Map.of());
  }

  private static void requireSameAdapter(Path one, Path other, boolean adapted) {
    if (!adapted) {
      assertThat(TrainingRun.adapter(one)).doesNotExist();
      return;
    }
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      assertThat(TrainingRun.adapter(one).resolve(file))
          .hasSameBinaryContentAs(TrainingRun.adapter(other).resolve(file));
    }
  }

  private static TrainingPlan plan(Path start, Optional<Adapters> adapters, double rate)
      throws Exception {
    return plan(start, adapters, rate, Precision.F32);
  }

  private static TrainingPlan plan(
      Path start, Optional<Adapters> adapters, double rate, Precision precision) throws Exception {
    TrainingOptions options =
        new TrainingOptions(
            STEPS,
            BatchSize.ofTokens(100, 2),
            new LearningRate(rate, Schedule.LINEAR, 0, 1),
            0.01,
            1,
            3,
            1,
            false,
            precision);
    return new TrainingPlan(
        Checkpoint.open(start, CheckpointLimits.defaults()),
        new BaseName("name/space", Optional.of("0123")),
        adapters,
        options,
        SAMPLES.subList(0, 50),
        SAMPLES.subList(50, 60),
        2,
        Map.of("README.md", "trained".getBytes(UTF_8)));
  }

  private TrainingPlan plan(Optional<Adapters> adapters) throws Exception {
    return plan(start, adapters, 2e-2);
  }

  private static void requireSame(Path one, Path other) {
    for (String file : List.of("model.safetensors", "config.json", "README.md")) {
      assertThat(one.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
    }
  }

  @Test
  void aRunLeavesTheBestWeightsAndEveryLoss() throws Exception {
    Listener listener = new Listener(0);
    Path result = folder.resolve("result");

    TrainingOutcome outcome = TrainingRun.run(plan(Optional.empty()), result, listener);

    assertThat(listener.heard)
        .containsSubsequence("evaluated 0", "step 1", "step 2", "evaluated 2 best", "saved 2")
        .endsWith("step 5", "evaluated 5 best", "saved 5");
    assertThat(outcome.losses()).hasSize(STEPS);
    assertThat(outcome.heldOut()).extracting(TrainingOutcome.LossPoint::step).contains(0, 2, 5);
    assertThat(outcome.best().orElseThrow().loss()).isLessThan(outcome.heldOut().get(0).loss());
    Checkpoint.open(result, CheckpointLimits.defaults());
    assertThat(Files.readAllLines(TrainingRun.folder(result).resolve("losses.jsonl")))
        .hasSize(STEPS + 4);
    assertThat(TrainingRun.folder(result).resolve("state.safetensors")).doesNotExist();

    TrainingOutcome again = TrainingRun.run(plan(Optional.empty()), result, listener);
    assertThat(again.wasDone()).isTrue();
    assertThat(again.losses()).isEqualTo(outcome.losses());
  }

  /** The process is taken to end at each of the run's events in turn, and with it its memory. */
  @Test
  void wheneverARunIsBrokenOffItEndsWithTheSameBytes() throws Exception {
    for (Optional<Adapters> adapters :
        List.of(Optional.<Adapters>empty(), Optional.of(new Adapters(2, 4)))) {
      String name = adapters.isPresent() ? "adapted" : "whole";
      Path expected = folder.resolve(name);
      Listener undisturbed = new Listener(0);
      TrainingRun.run(plan(adapters), expected, undisturbed);
      // Adapters differ in their state alone, not in how it is kept.
      int each = adapters.isPresent() ? 4 : 1;
      for (int last = 1; last <= undisturbed.heard.size(); last += each) {
        Path result = folder.resolve(name + last);
        Listener broken = new Listener(last);
        assertThatThrownBy(() -> TrainingRun.run(plan(adapters), result, broken))
            .isInstanceOf(Killed.class);
        assertThat(result).doesNotExist();
        TrainingRun.run(plan(adapters), result, new Listener(0));
        requireSame(result, expected);
        requireSameAdapter(result, expected, adapters.isPresent());
        assertThat(TrainingRun.folder(result).resolve("losses.jsonl"))
            .exists()
            .satisfies(log -> requireSameLosses(log, TrainingRun.folder(expected)));
      }
    }
  }

  @Test
  void aRunInBf16GoesOnToTheSameBytes() throws Exception {
    for (Optional<Adapters> adapters :
        List.of(Optional.<Adapters>empty(), Optional.of(new Adapters(2, 4)))) {
      TrainingPlan plan = plan(start, adapters, 2e-2, Precision.BF16);
      String name = adapters.isPresent() ? "adapted" : "whole";
      Path expected = folder.resolve(name);
      TrainingRun.run(plan, expected, new Listener(0));
      Path result = folder.resolve(name + "-broken");
      // After the state of step 2 has been kept, in the middle of step 3.
      assertThatThrownBy(() -> TrainingRun.run(plan, result, new Listener(6)))
          .isInstanceOf(Killed.class);
      Listener resumed = new Listener(0);
      TrainingRun.run(plan, result, resumed);
      assertThat(resumed.heard).contains("resumed 2");
      requireSame(result, expected);
    }
  }

  private static void requireSameLosses(Path log, Path expected) throws Exception {
    String speeds = ",\"tokens_per_second\":[0-9]+";
    assertThat(Files.readString(log).replaceAll(speeds, ""))
        .isEqualTo(Files.readString(expected.resolve("losses.jsonl")).replaceAll(speeds, ""));
  }

  /** The process that {@link #sigkillTakesNothing} kills. */
  static final class Child {
    private Child() {}

    public static void main(String[] words) throws Exception {
      Listener listener =
          new Listener(0) {
            @Override
            public void step(TrainingStep step) {
              System.out.println("step " + step.step());
              if (step.step() == 3) {
                waitForever();
              }
            }
          };
      TrainingRun.run(plan(Path.of(words[0]), Optional.empty(), 2e-2), Path.of(words[1]), listener);
    }
  }

  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException never) {
      throw new IllegalStateException(never);
    }
  }

  @Test
  void sigkillTakesNothing() throws Exception {
    Path expected = folder.resolve("undisturbed");
    TrainingRun.run(plan(Optional.empty()), expected, new Listener(0));
    Path result = folder.resolve("killed");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                start.toString(),
                result.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("step 3")) {
        line = out.readLine();
      }
      assertThat(line).isEqualTo("step 3");
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    Listener resumed = new Listener(0);

    TrainingRun.run(plan(Optional.empty()), result, resumed);

    assertThat(resumed.heard).contains("resumed 2");
    requireSame(result, expected);
  }

  @Test
  void aFolderOfAnotherRunIsRefusedByWhatDiffers() throws Exception {
    Path result = folder.resolve("result");
    assertThatThrownBy(() -> TrainingRun.run(plan(Optional.empty()), result, new Listener(4)))
        .isInstanceOf(Killed.class);

    assertThatThrownBy(
            () -> TrainingRun.run(plan(start, Optional.empty(), 1e-2), result, new Listener(0)))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("(learning_rate: 0.02 there, 0.01 now)");
    assertThatThrownBy(() -> TrainingRun.run(plan(Optional.empty()), start, new Listener(0)))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void anotherPrecisionIsAnotherRunUnlessTheRunIsOlderThanPrecisions() throws Exception {
    Path result = folder.resolve("result");
    assertThatThrownBy(() -> TrainingRun.run(plan(Optional.empty()), result, new Listener(4)))
        .isInstanceOf(Killed.class);
    TrainingPlan bf16 = plan(start, Optional.empty(), 2e-2, Precision.BF16);
    assertThatThrownBy(() -> TrainingRun.run(bf16, result, new Listener(0)))
        .hasMessageContaining("(dtype: f32 there, bf16 now)");

    Path settings = TrainingRun.folder(result).resolve("settings.json");
    Files.writeString(settings, Files.readString(settings).replaceAll("(?m)^.*dtype.*\n", ""));
    TrainingRun.run(plan(Optional.empty()), result, new Listener(0));
    assertThat(result).isDirectory();
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() throws Exception {
    assertThatThrownBy(
            () ->
                TrainingRun.run(
                    plan(start, Optional.empty(), 1e30), folder.resolve("result"), new Listener(0)))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("lower learning rate");
    assertThat(folder.resolve("result")).doesNotExist();
  }
}
