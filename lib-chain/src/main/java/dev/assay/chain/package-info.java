/** Bittensor from Java. Knows no Spark, no DJL and no model. */
package dev.assay.chain;
