package dev.assay.model.train;

import dev.assay.model.causal.Precision;
import dev.assay.model.causal.TrainableDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a training run needs to go on later: the trained parameters, AdamW's moments and the number
 * of steps, in one safetensors file. The file is ours: it is read back only if its header is
 * exactly what this run would write.
 */
final class TrainingState {
  private static final Pattern STEPS =
      Pattern.compile("^\\{\"__metadata__\":\\{\"steps\":\"(\\d{1,9})\"");
  private static final int BEGINNING = 64;

  private TrainingState() {}

  /** Writes the state; the file appears whole, or the earlier one stays. */
  static void write(Path file, TrainableDecoder decoder, int steps) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    SafetensorsWriter.write(
        partial,
        metadata(steps),
        Precision.F32,
        shapes(decoder.stateSizes()),
        (tensor, offset, size) -> values(decoder, tensor, offset, size));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Puts a state back.
   *
   * @return the number of steps that led to it
   * @throws IOException if the file is not a state of such a run
   */
  static int restore(Path file, TrainableDecoder decoder) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int steps = steps(file, channel);
      ByteBuffer expected =
          SafetensorsWriter.header(metadata(steps), Precision.F32, shapes(decoder.stateSizes()));
      ByteBuffer header = read(channel, 0, expected.remaining());
      long bytes = 0;
      for (long size : decoder.stateSizes()) {
        bytes += size * Float.BYTES * TrainableDecoder.State.values().length;
      }
      if (!header.equals(expected) || channel.size() != expected.remaining() + bytes) {
        throw new IOException(
            file + " is the state of another run: of another model, or of other adapters");
      }
      decoder.restoreState(file, expected.remaining(), steps);
      return steps;
    }
  }

  private static int steps(Path file, FileChannel channel) throws IOException {
    ByteBuffer beginning = read(channel, Long.BYTES, BEGINNING);
    Matcher steps = STEPS.matcher(StandardCharsets.ISO_8859_1.decode(beginning));
    if (!steps.find()) {
      throw new IOException(file + " is not the state of a training run");
    }
    return Integer.parseInt(steps.group(1));
  }

  private static ByteBuffer read(FileChannel channel, long position, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  private static Map<String, String> metadata(int steps) {
    return Map.of("steps", Integer.toString(steps));
  }

  private static Map<String, List<Long>> shapes(long[] sizes) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (TrainableDecoder.State kind : TrainableDecoder.State.values()) {
      for (int parameter = 0; parameter < sizes.length; parameter++) {
        shapes.put(
            kind.name().toLowerCase(Locale.ROOT) + "." + parameter, List.of(sizes[parameter]));
      }
    }
    return shapes;
  }

  private static float[] values(TrainableDecoder decoder, String tensor, long offset, int size) {
    int dot = tensor.indexOf('.');
    TrainableDecoder.State kind =
        TrainableDecoder.State.valueOf(tensor.substring(0, dot).toUpperCase(Locale.ROOT));
    return decoder.stateValues(kind, Integer.parseInt(tensor.substring(dot + 1)), offset, size);
  }
}
