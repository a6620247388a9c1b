package dev.assay.jobs;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a job's main class is told under spark-submit: names and values in turn. */
final class JobArguments {
  private final Map<String, String> values = new TreeMap<>();

  private JobArguments() {}

  /**
   * Reads them.
   *
   * @param known names that the job takes beside {@code --config}
   * @throws ConfigurationException naming the argument
   */
  static JobArguments of(String[] arguments, List<String> known) {
    JobArguments read = new JobArguments();
    for (int index = 0; index < arguments.length; index += 2) {
      String name = arguments[index];
      if (!name.equals("--config") && !known.contains(name)) {
        throw new ConfigurationException(
            name + " is not known; this job takes --config FILE and " + known);
      }
      if (index + 1 == arguments.length) {
        throw new ConfigurationException(name + " stands without a value; give it one");
      }
      read.values.put(name, arguments[index + 1]);
    }
    return read;
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String required(String name) {
    return value(name)
        .orElseThrow(() -> new ConfigurationException(name + " is missing; give it a value"));
  }

  long number(String name) {
    try {
      return Long.parseLong(required(name));
    } catch (NumberFormatException malformed) {
      throw new ConfigurationException(name + " is " + required(name) + "; give it a whole number");
    }
  }

  AssayConfiguration configuration() {
    return value("--config")
        .map(file -> AssayConfiguration.load(Path.of(file), System.getenv()))
        .orElseGet(AssayConfiguration::defaults);
  }
}
