package dev.assay.cli.bench.cluster;

import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.NormLimits;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.Snapshot;
import dev.assay.model.loss.LossModel;
import dev.assay.model.loss.LossOptions;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A JVM that judges models one after the other, with as many threads as an executor: one. */
final class PlainProcess {
  private static final NormLimits NORMS = new NormLimits(200, 0.15, 1_000);
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1L << 30, 1L << 30, 256, Duration.ofMinutes(10));

  private PlainProcess() {}

  /**
   * Runs one, and says how long it took, its start apart.
   *
   * @param folder where it may make files
   */
  static double seconds(
      URI hub, List<CommittedModel> models, List<EncodedSample> samples, Path folder)
      throws IOException, InterruptedException {
    Path listed = folder.resolve("plain-samples");
    Files.write(listed, samples.stream().map(PlainProcess::line).toList());
    Path told = folder.resolve("plain-seconds");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                PlainProcess.class.getName(),
                hub.toString(),
                folder.resolve("plain-cache").toString(),
                listed.toString()));
    models.forEach(model -> command.add(model.repository() + "@" + model.revision()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(told.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "the plain JVM ended with " + process.exitValue() + " before it was done");
      }
    } finally {
      process.destroyForcibly();
    }
    return Double.parseDouble(Files.readString(told).strip());
  }

  private static String line(EncodedSample sample) {
    return sample.promptLength()
        + " "
        + IntStream.of(sample.ids()).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private static EncodedSample sample(String line) {
    int[] numbers = Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
    return new EncodedSample(Arrays.copyOfRange(numbers, 1, numbers.length), numbers[0]);
  }

  /**
   * Judges and prints the seconds.
   *
   * @param arguments the hub, a cache, a file of samples, and each model's repository and revision
   */
  public static void main(String[] arguments) throws Exception {
    long began = System.nanoTime();
    List<EncodedSample> samples =
        Files.readAllLines(Path.of(arguments[2]), StandardCharsets.US_ASCII).stream()
            .map(PlainProcess::sample)
            .toList();
    CheckpointSource source =
        CheckpointSource.hub(
            HubClient.of(URI.create(arguments[0])), Files.createDirectory(Path.of(arguments[1])));
    for (String model : Arrays.asList(arguments).subList(3, arguments.length)) {
      String[] parts = model.split("@", -1);
      String[] names = parts[0].split("/", -1);
      judge(
          source.fetch(new RepositoryId(names[0], names[1]), new Revision(parts[1]), LIMITS),
          samples);
    }
    System.out.println((System.nanoTime() - began) / 1e9);
  }

  private static void judge(Snapshot snapshot, List<EncodedSample> samples) throws Exception {
    DirectoryHash.of(snapshot.digests());
    Checkpoint checkpoint = Checkpoint.open(snapshot.directory(), CheckpointLimits.defaults());
    checkpoint.inspect(NORMS);
    try (LossModel model =
        LossModel.load(checkpoint, LossOptions.cpu(Precision.F32, 1).ofSequences(512))) {
      model.losses(samples);
    }
  }
}
