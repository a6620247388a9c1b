/** The promised figure of the leaderboard, measured on a subnet that a seed makes up. */
package dev.assay.report.bench;
