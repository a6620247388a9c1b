/** Commands around Spark itself and the tables: sessions, and the upkeep of tables. */
package dev.assay.cli.spark;
