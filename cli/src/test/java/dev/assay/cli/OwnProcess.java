package dev.assay.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs command lines one after the other in a process with an environment of its own. */
final class OwnProcess {
  private static final String NEXT = "--next--";

  private OwnProcess() {}

  /** All that they say on both streams. */
  static String said(
      Map<String, String> environment, List<List<String>> commands, List<String> usual)
      throws IOException, InterruptedException {
    return said(Path.of(""), environment, commands, usual);
  }

  /** The same in another working directory. */
  static String said(
      Path directory,
      Map<String, String> environment,
      List<List<String>> commands,
      List<String> usual)
      throws IOException, InterruptedException {
    return said(List.of(), directory, environment, commands, usual);
  }

  /** The same of a JVM with flags, in this directory and environment. */
  static String said(List<String> flags, List<List<String>> commands)
      throws IOException, InterruptedException {
    return said(flags, Path.of(""), Map.of(), commands, List.of());
  }

  /** The same of a JVM with flags. */
  static String said(
      List<String> flags,
      Path directory,
      Map<String, String> environment,
      List<List<String>> commands,
      List<String> usual)
      throws IOException, InterruptedException {
    Process process =
        builder(flags, environment, commands, usual)
            .directory(directory.toAbsolutePath().toFile())
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** Begins one command line, and puts into a file what it says. */
  static Process begun(Map<String, String> environment, Path said, List<String> command)
      throws IOException {
    return builder(List.of(), environment, List.of(command), List.of())
        .redirectOutput(said.toFile())
        .start();
  }

  private static ProcessBuilder builder(
      List<String> flags,
      Map<String, String> environment,
      List<List<String>> commands,
      List<String> usual) {
    List<String> line =
        new ArrayList<>(
            List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1"));
    line.addAll(flags);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), OwnProcess.class.getName()));
    for (List<String> command : commands) {
      line.addAll(command);
      line.addAll(usual);
      line.add(NEXT);
    }
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  public static void main(String[] words) {
    Main.speakOneLanguage();
    List<String> rest = Arrays.asList(words);
    while (!rest.isEmpty()) {
      int end = rest.indexOf(NEXT);
      int code = Main.commandLine().execute(rest.subList(0, end).toArray(String[]::new));
      System.out.println("exit " + code);
      rest = rest.subList(end + 1, rest.size());
    }
  }
}
