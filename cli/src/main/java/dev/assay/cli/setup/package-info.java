/** What helps to set Assay up: checks of machine and configuration, completion. */
package dev.assay.cli.setup;
