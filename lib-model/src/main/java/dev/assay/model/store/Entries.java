package dev.assay.model.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A store's entries, one file a content; a file's time is that of the content's last use. */
final class Entries {
  private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  Entries(Path folder) {
    this.folder = folder;
  }

  Map<String, Entry> all() throws IOException {
    Map<String, Entry> all = new TreeMap<>();
    for (String content : names()) {
      of(content).ifPresent(entry -> all.put(content, entry));
    }
    return all;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> CONTENT.matcher(name).matches())
          .toList();
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    }
  }

  Optional<Entry> of(String content) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file(content)), Entry.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JacksonException damaged) {
      // What a damaged disk has made of it takes part in nothing; its files are fetched again.
      return Optional.empty();
    }
  }

  /** Writes an entry; that is a use of its content. */
  void put(String content, Entry entry) throws IOException {
    Path file = file(content);
    Path part = Files.createTempFile(Files.createDirectories(folder), content, ".part");
    Files.write(part, JSON.writeValueAsBytes(entry));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  FileTime lastUsed(String content) {
    try {
      return Files.getLastModifiedTime(file(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(String content) throws IOException {
    Files.deleteIfExists(file(content));
  }

  private Path file(String content) {
    if (!CONTENT.matcher(content).matches()) {
      throw new IllegalArgumentException(
          "a content is named '" + content + "'; by 64 hexadecimal digits");
    }
    return folder.resolve(content);
  }
}
