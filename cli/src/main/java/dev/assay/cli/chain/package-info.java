/** Commands that read the chain and change nothing. */
package dev.assay.cli.chain;
