package dev.assay.model.store;

import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.util.Set;

/**
 * What a store knows of one content.
 *
 * @param bytes that it takes, or will take
 * @param whole whether all of it has arrived
 * @param sources under which it was fetched
 */
record Entry(long bytes, boolean whole, Set<Source> sources) {
  /**
   * A revision on the hub.
   *
   * @param revision full commit id
   */
  record Source(String namespace, String name, String revision) {
    static Source of(RepositoryId repository, Revision revision) {
      return new Source(repository.namespace(), repository.name(), revision.hex());
    }

    RepositoryId repository() {
      return new RepositoryId(namespace, name);
    }

    Revision commit() {
      return new Revision(revision);
    }
  }

  Entry {
    sources = Set.copyOf(sources);
  }
}
