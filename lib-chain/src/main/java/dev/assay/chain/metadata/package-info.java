/**
 * A runtime's metadata, versions 14 to 16, as one immutable registry, and values decoded and
 * encoded by it. Nothing about a pallet's layout is known beforehand.
 */
package dev.assay.chain.metadata;
