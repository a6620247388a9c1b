/** A model that takes part in a round, and what its evaluation came to. */
package dev.assay.score.entry;
