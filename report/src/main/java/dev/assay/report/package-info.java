/** Tables and texts for people; nothing that a miner chose gets through unescaped. */
package dev.assay.report;
