/** From the sample feed to the samples table: verified, bounded, and twice the same as once. */
package dev.assay.jobs.snapshot;
