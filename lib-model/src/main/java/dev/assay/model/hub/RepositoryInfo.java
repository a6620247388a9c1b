package dev.assay.model.hub;

import java.util.List;

/**
 * What the hub says of a repository.
 *
 * @param revision the commit that was asked for, or the newest of the main branch
 * @param paths of its files, as listed and not yet checked
 */
public record RepositoryInfo(Revision revision, List<String> paths) {

  /** Copies the list. */
  public RepositoryInfo {
    paths = List.copyOf(paths);
  }
}
