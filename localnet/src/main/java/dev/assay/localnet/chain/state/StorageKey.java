package dev.assay.localnet.chain.state;

import dev.assay.chain.scale.Bytes;

/** The place of one value. */
public record StorageKey<V>(Bytes bytes, StorageItem<V> item) {}
