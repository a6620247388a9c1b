/** The promised figures, measured on this machine. */
package dev.assay.cli.bench;
