package dev.assay.model.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.hub.http.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects a revision's files from the pages of its listing. */
final class Listing {

  private static final int MAX_FILES = 100_000;
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final List<HubFile> files = new ArrayList<>();

  void add(JsonNode page) {
    if (!page.isArray()) {
      throw new HubException.Unavailable("the hub's listing is not a list", null);
    }
    int before = files.size();
    for (JsonNode entry : page) {
      if (entry.path("type").asText().equals("file")) {
        files.add(file(entry));
      }
    }
    if (files.size() > MAX_FILES) {
      throw new HubException.TooLarge("the listing", files.size(), MAX_FILES, "files");
    }
    if (page.isEmpty() && before > 0) {
      throw new HubException.Unavailable("a page of the hub's listing is empty", null);
    }
  }

  List<HubFile> files() {
    return List.copyOf(files);
  }

  private static HubFile file(JsonNode entry) {
    JsonNode lfs = entry.path("lfs");
    boolean large = lfs.isObject();
    JsonNode size = large ? lfs.path("size") : entry.path("size");
    String gitSha1 = entry.path("oid").asText();
    Optional<String> sha256 = large ? Optional.of(lfs.path("oid").asText()) : Optional.empty();
    boolean wellFormed =
        entry.path("path").isTextual()
            && size.isIntegralNumber()
            && size.canConvertToLong()
            && size.longValue() >= 0
            && SHA1.matcher(gitSha1).matches()
            && sha256.map(value -> SHA256.matcher(value).matches()).orElse(true);
    if (!wellFormed) {
      throw new HubException.Mismatch(
          "the listing of '"
              + HubException.quoted(entry.path("path").asText())
              + "' lacks a size or a digest");
    }
    return new HubFile(entry.path("path").textValue(), size.longValue(), gitSha1, sha256);
  }
}
