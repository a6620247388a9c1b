/** The command line over all modules, and the demo. */
package dev.assay.cli;
