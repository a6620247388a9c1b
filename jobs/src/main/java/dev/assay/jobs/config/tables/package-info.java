/** Where the tables are, and what remembers their newest states; no result depends on it. */
package dev.assay.jobs.config.tables;
