/**
 * What an operator sets: typed records, read from YAML at start; an unknown key refuses to start.
 */
package dev.assay.jobs.config;
