/** Snapshots of a running feed, where the chain and the feed are at hand. */
package dev.assay.jobs.snapshot;
