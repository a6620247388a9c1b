package dev.assay.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads the classes of a list and ends, for a JVM that keeps at its end what it has loaded. {@code
 * -Xshare:dump} does the same by its interpreter alone, in twice the time.
 */
final class ClassLoading {
  private ClassLoading() {}

  /**
   * Loads without initialising: no code of these classes runs.
   *
   * @param args the file of names, as {@code -XX:DumpLoadedClassList} writes it
   */
  public static void main(String[] args) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(args[0]))) {
      lines
          .filter(line -> !line.isEmpty() && "#@".indexOf(line.charAt(0)) < 0)
          .forEach(ClassLoading::load);
    }
  }

  private static void load(String line) {
    String name = line.split(" ", 2)[0].replace('/', '.');
    try {
      Class.forName(name, false, ClassLoading.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError made) {
      // What a process makes as it runs is in no jar, and what lacks a library could not be kept.
      return;
    }
  }
}
