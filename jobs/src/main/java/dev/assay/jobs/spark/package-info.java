/** The Spark session that every job runs in. */
package dev.assay.jobs.spark;
