package dev.assay.model.hub;

import dev.assay.model.hub.http.HubException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which of a listing's files to fetch: a predicate, or an allow-list of names, where {@code *}
 * stands for any characters but a slash. A name that is not plain is never selected, whatever the
 * list says.
 */
final class FileSelection {

  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_DEPTH = 8;

  private final Predicate<String> allowed;

  /** Files whose paths a predicate accepts. */
  FileSelection(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /** Files whose paths match one of the patterns. */
  static FileSelection matching(Collection<String> patterns) {
    List<Pattern> compiled = patterns.stream().map(FileSelection::compiled).toList();
    return new FileSelection(
        path -> compiled.stream().anyMatch(pattern -> pattern.matcher(path).matches()));
  }

  /**
   * The selected files, in order of their paths.
   *
   * @throws HubException.Mismatch when two of them would be one on a disk that ignores case
   * @throws HubException.TooLarge when a limit is exceeded by what the hub announces
   */
  List<HubFile> of(List<HubFile> listing, DownloadLimits limits) {
    List<HubFile> selected = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long total = 0;
    for (HubFile file : listing) {
      if (!allowed.test(file.path()) || !isPlain(file.path())) {
        continue;
      }
      if (!names.add(file.path().toLowerCase(Locale.ROOT))) {
        throw new HubException.Mismatch(
            "two files differ only by case: '" + HubException.quoted(file.path()) + "'");
      }
      selected.add(file);
      requireWithin("the download", selected.size(), limits.maxFiles(), "files");
      requireWithin(file.path(), file.size(), limits.maxFileBytes(), "bytes");
      total += file.size();
      requireWithin("the download", total, limits.maxTotalBytes(), "bytes");
    }
    selected.sort((left, right) -> left.path().compareTo(right.path()));
    return List.copyOf(selected);
  }

  private static void requireWithin(String what, long value, long limit, String unit) {
    if (value > limit) {
      throw new HubException.TooLarge(HubException.quoted(what), value, limit, unit);
    }
  }

  private static boolean isPlain(String path) {
    String[] segments = path.split("/", -1);
    if (segments.length > MAX_DEPTH || path.codePoints().anyMatch(FileSelection::isUnfit)) {
      return false;
    }
    for (String segment : segments) {
      boolean plain =
          !segment.isEmpty()
              && !segment.equals(".")
              && !segment.equals("..")
              && segment.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  // Control and format characters, unpaired surrogates, and what some file systems take apart.
  private static boolean isUnfit(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || character == '\\'
        || character == ':';
  }

  private static Pattern compiled(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (String literal : pattern.split("\\*", -1)) {
      if (regex.length() > 0) {
        regex.append("[^/]*");
      }
      regex.append(literal.isEmpty() ? "(?:)" : Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString());
  }
}
