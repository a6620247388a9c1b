/** A Bittensor chain as a Spark data source, {@code format("bittensor")}. */
package dev.assay.jobs.source;
