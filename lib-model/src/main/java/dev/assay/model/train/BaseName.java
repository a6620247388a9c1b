package dev.assay.model.train;

import java.util.Optional;

/**
 * How an adapter's configuration names the model that it stands beside.
 *
 * @param name a repository of the hub, or a folder
 * @param revision the repository's commit
 */
public record BaseName(String name, Optional<String> revision) {}
