/** From the sample feed to the samples table: verified, bounded, idempotent. */
package dev.assay.jobs.snapshot;
