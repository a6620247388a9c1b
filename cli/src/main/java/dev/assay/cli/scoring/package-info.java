/** Commands from losses to weights, without a chain. */
package dev.assay.cli.scoring;
