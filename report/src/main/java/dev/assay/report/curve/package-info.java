/** Curves for a terminal and as pictures. */
package dev.assay.report.curve;
