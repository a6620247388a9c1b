package dev.assay.chain.node;

import dev.assay.chain.metadata.Metadata;

/** A runtime's version and metadata. */
public record NodeRuntime(RuntimeVersion version, Metadata metadata) {}
