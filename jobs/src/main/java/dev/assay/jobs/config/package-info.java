/**
 * What an operator sets: typed records, read from YAML at start; a key nobody knows refuses to
 * start.
 */
package dev.assay.jobs.config;
