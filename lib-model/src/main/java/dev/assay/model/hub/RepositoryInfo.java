package dev.assay.model.hub;

import java.util.List;

/**
 * What the hub says of a repository.
 *
 * @param revision the commit that was asked for, or the newest of the main branch
 * @param paths of its files, as listed and not yet checked
 * @param isPrivate whether only its owner sees it
 */
public record RepositoryInfo(Revision revision, List<String> paths, boolean isPrivate) {

  /** Copies the list. */
  public RepositoryInfo {
    paths = List.copyOf(paths);
  }
}
