package dev.assay.model.hostile;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Gives a fuzz test a number of inputs, made from its kept ones by a seed, and no more: what a
 * fuzzer that is led by coverage finds in minutes is kept as an input, and this says how often
 * nothing was found around them.
 *
 * <pre>FuzzCampaign CLASS METHOD INPUTS SEED COUNT FILE</pre>
 *
 * prints a line a chunk, appends it to FILE, and passes over chunks that FILE holds.
 */
final class FuzzCampaign {
  private static final int CHUNK = 10_000;
  private static final int LARGEST = 1 << 14;

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\u0000",
          "null",
          "true",
          "-1",
          "0",
          "1e400",
          "0.5",
          "2147483648",
          "9223372036854775808",
          "\"type\":\"Sequence\"",
          "\"\"",
          "\ud83d",
          "\u2581",
          "\ufeff",
          "\n",
          "[[[[[[[[",
          "\"F32\"",
          "\"vocab\":{}",
          "\"ids\":[1]",
          "{\"a\":");

  private final Object target;
  private final Method method;
  private final List<byte[]> inputs;
  private final long seed;

  private FuzzCampaign(Object target, Method method, List<byte[]> inputs, long seed) {
    this.target = target;
    this.method = method;
    this.inputs = inputs;
    this.seed = seed;
  }

  public static void main(String[] arguments) throws Exception {
    Class<?> type = Class.forName(arguments[0]);
    Method method = type.getDeclaredMethod(arguments[1], byte[].class);
    method.setAccessible(true);
    for (Field field : type.getDeclaredFields()) {
      // Where the test runs, JUnit gives it a folder.
      if (field.getType() == Path.class) {
        field.setAccessible(true);
        field.set(null, Files.createTempDirectory("assay-fuzz"));
      }
    }
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    FuzzCampaign campaign =
        new FuzzCampaign(
            constructor.newInstance(),
            method,
            read(Path.of(arguments[2])),
            Long.parseLong(arguments[3]));
    String name = type.getSimpleName() + "#" + arguments[1];
    boolean sound = campaign.run(name, Long.parseLong(arguments[4]), Path.of(arguments[5]));
    System.exit(sound ? 0 : 1);
  }

  private static List<byte[]> read(Path folder) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    return inputs;
  }

  private boolean run(String name, long count, Path file) throws Exception {
    String done = Files.exists(file) ? Files.readString(file) : "";
    boolean sound = true;
    for (long chunk = 0; chunk * CHUNK < count; chunk++) {
      String title = String.format(Locale.ROOT, "%s seed %d chunk %d: ", name, seed, chunk);
      if (done.contains(title)) {
        sound &= !done.contains(title + "FAILED");
        continue;
      }
      long start = System.nanoTime();
      int size = (int) Math.min(CHUNK, count - chunk * CHUNK);
      String failure = chunk(chunk, size);
      sound &= failure.isEmpty();
      String line =
          title
              + (failure.isEmpty() ? "" : "FAILED " + failure + ", ")
              + String.format(
                  Locale.ROOT, "%d inputs, %.1f s%n", size, (System.nanoTime() - start) / 1e9);
      System.out.print(line);
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return sound;
  }

  /** The first failure, with its input in hexadecimal; empty where there is none. */
  private String chunk(long chunk, int size) throws IllegalAccessException {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + chunk);
    for (int i = 0; i < size; i++) {
      byte[] input = input(random);
      try {
        method.invoke(target, (Object) input);
      } catch (InvocationTargetException failure) {
        return failure.getCause() + " on " + HexFormat.of().formatHex(input);
      }
    }
    return "";
  }

  private byte[] input(SplittableRandom random) {
    byte[] input = any(random);
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      input = change(input, random);
    }
    return input.length > LARGEST ? Arrays.copyOf(input, LARGEST) : input;
  }

  private byte[] any(SplittableRandom random) {
    return inputs.get(random.nextInt(inputs.size())).clone();
  }

  private byte[] change(byte[] input, SplittableRandom random) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(32));
    switch (random.nextInt(6)) {
      case 0 -> {
        if (from < input.length) {
          input[from] = (byte) random.nextInt(256);
        }
        return input;
      }
      case 1 -> {
        if (from < input.length) {
          input[from] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
      }
      case 2 -> {
        return join(input, from, new byte[0], input, to);
      }
      case 3 -> {
        return join(input, to, Arrays.copyOfRange(input, from, to), input, to);
      }
      case 4 -> {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        int end = random.nextBoolean() ? from : to;
        return join(input, from, word.getBytes(StandardCharsets.UTF_8), input, end);
      }
      default -> {
        byte[] other = any(random);
        return join(input, from, new byte[0], other, random.nextInt(other.length + 1));
      }
    }
  }

  /** The beginning of one, something between, and the rest of another. */
  private static byte[] join(byte[] one, int end, byte[] between, byte[] other, int start) {
    byte[] joined = Arrays.copyOf(one, end + between.length + other.length - start);
    System.arraycopy(between, 0, joined, end, between.length);
    System.arraycopy(other, start, joined, end + between.length, other.length - start);
    return joined;
  }
}
