/** The leaderboard as a static site; it opens from disk and needs nothing else. */
package dev.assay.report.site;
