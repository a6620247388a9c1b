package dev.assay.localnet.hub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Checks the path of a file inside a repository, as a pusher names it. */
final class FilePath {

  private static final int MAX_PATH_BYTES = 1024;
  private static final int MAX_SEGMENT_BYTES = 255;

  private FilePath() {}

  /** Returns {@code path} when it is a plain relative path; refuses it otherwise. */
  static String checked(String path) {
    boolean wellFormed =
        !path.isEmpty()
            && path.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES
            && path.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\')
            && List.of(path.split("/", -1)).stream().allMatch(FilePath::isPlainSegment);
    if (!wellFormed) {
      throw HubFailure.badRequest(
          "a file's path must be relative, of plain segments of at most "
              + MAX_SEGMENT_BYTES
              + " bytes, and at most "
              + MAX_PATH_BYTES
              + " bytes long");
    }
    return path;
  }

  private static boolean isPlainSegment(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && !segment.toLowerCase(Locale.ROOT).equals(".git")
        && segment.getBytes(StandardCharsets.UTF_8).length <= MAX_SEGMENT_BYTES;
  }
}
