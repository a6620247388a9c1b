/** The page that shows an evaluation; it opens from disk and needs nothing else. */
package dev.assay.report.page;
