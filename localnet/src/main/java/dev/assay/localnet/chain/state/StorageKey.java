package dev.assay.localnet.chain.state;

import dev.assay.localnet.bytes.Bytes;

/** The place of one value. */
public record StorageKey<V>(Bytes bytes, StorageItem<V> item) {}
