package dev.assay.model.hub;

import java.util.Optional;

/**
 * A file as the hub lists it at a revision.
 *
 * @param path in the repository, as listed and not yet checked
 * @param size of the content in bytes, as announced
 * @param gitSha1 git's blob id: of the content, or of the pointer when git-LFS keeps the content
 * @param sha256 of the content, when git-LFS keeps it
 */
public record HubFile(String path, long size, String gitSha1, Optional<String> sha256) {}
