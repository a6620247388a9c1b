/**
 * The Iceberg tables: one record class per table, the driver the only writer, every append atomic,
 * keyed and idempotent.
 */
package dev.assay.jobs.tables;
