/** A model that takes part in a round, and the result of its evaluation. */
package dev.assay.score.entry;
