/** What a replay of a bundle found. */
package dev.assay.report.replay;
