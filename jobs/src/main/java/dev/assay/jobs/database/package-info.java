/** The tables' catalog in a database: SQLite in a file, PostgreSQL on a server. */
package dev.assay.jobs.database;
