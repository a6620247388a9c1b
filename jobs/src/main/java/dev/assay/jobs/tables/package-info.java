/**
 * The Iceberg tables: one record class a table, the driver the only writer, every append atomic and
 * keyed, so that doing it twice writes nothing twice.
 */
package dev.assay.jobs.tables;
