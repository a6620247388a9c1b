/** Commands that work on a checkpoint of this machine. */
package dev.assay.cli.loss;
