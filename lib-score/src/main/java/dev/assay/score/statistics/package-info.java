/** When a difference of two models counts as established, and what random numbers are drawn. */
package dev.assay.score.statistics;
