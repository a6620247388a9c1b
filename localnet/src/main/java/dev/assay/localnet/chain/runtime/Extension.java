package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.metadata.TypeNode;

/** A transaction extension: what it puts into an extrinsic, and what else its signature covers. */
record Extension(String identifier, TypeNode type, TypeNode additional) {}
