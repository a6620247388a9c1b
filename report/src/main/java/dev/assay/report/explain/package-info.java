/** Why every model stands where it stands. */
package dev.assay.report.explain;
