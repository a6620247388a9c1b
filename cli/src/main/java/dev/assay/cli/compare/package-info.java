/** Models compared with each other. */
package dev.assay.cli.compare;
