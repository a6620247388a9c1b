/** The command line: one class for people, schedulers and {@code spark-submit}. */
package dev.assay.cli;
