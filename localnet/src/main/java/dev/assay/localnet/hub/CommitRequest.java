package dev.assay.localnet.hub;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a client asks a commit to be: a message and changes, applied in their order. */
record CommitRequest(String message, List<Change> changes) {

  private static final int MAX_FILES = 1000;

  /** One change of a commit's files. */
  sealed interface Change {}

  /** Adds a file or puts another in its place; the content is stored already. */
  record Put(String path, StoredFile file) implements Change {}

  /** Removes one file. */
  record DeleteFile(String path) implements Change {}

  /** Removes a folder with all that is in it. */
  record DeleteFolder(String path) implements Change {}

  /** The files after the changes; refuses a file that is also a folder. */
  SortedMap<String, StoredFile> applyTo(
      RepositoryName repository, SortedMap<String, StoredFile> before) {
    SortedMap<String, StoredFile> files = new TreeMap<>(before);
    for (Change change : changes) {
      apply(repository, change, files);
    }
    if (files.size() > MAX_FILES) {
      throw HubFailure.badRequest(
          repository + " would hold " + files.size() + " files; the limit is " + MAX_FILES);
    }
    files.keySet().forEach(path -> requireNoFileAbove(path, files));
    return files;
  }

  private static void apply(
      RepositoryName repository, Change change, SortedMap<String, StoredFile> files) {
    if (change instanceof Put put) {
      files.put(put.path(), put.file());
    } else if (change instanceof DeleteFile deletion) {
      if (files.remove(deletion.path()) == null) {
        throw HubFailure.entryNotFound(repository, deletion.path());
      }
    } else if (change instanceof DeleteFolder deletion) {
      if (!files.keySet().removeIf(path -> path.startsWith(deletion.path() + "/"))) {
        throw HubFailure.entryNotFound(repository, deletion.path());
      }
    }
  }

  private static void requireNoFileAbove(String path, SortedMap<String, StoredFile> files) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      String above = path.substring(0, slash);
      if (files.containsKey(above)) {
        throw HubFailure.badRequest("'" + above + "' would be a file and a folder at once");
      }
    }
  }
}
