package dev.assay.jobs.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard and the rules that the release has. */
public final class MonitoringFiles {
  /** The folder with both. */
  public static final Path CONF = Path.of("..", "conf").toAbsolutePath().normalize();

  private static final Pattern NAME = Pattern.compile("\\bassay_[a-z_]+");

  private MonitoringFiles() {}

  /** The metrics that dashboard and rules name. */
  public static Set<String> wanted() throws IOException {
    Set<String> names = names(Files.readString(CONF.resolve("grafana/assay.json")));
    names.addAll(names(Files.readString(CONF.resolve("prometheus/assay-rules.yaml"))));
    return names;
  }

  /** The metrics that a text names. */
  public static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }
}
