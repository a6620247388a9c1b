/** How a command speaks with whoever started it: words, bounds, progress, answers, exit codes. */
package dev.assay.cli.terminal;
