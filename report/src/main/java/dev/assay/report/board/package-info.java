/** All that the leaderboard shows, as values: read from the tables, a bundle and the chain. */
package dev.assay.report.board;
