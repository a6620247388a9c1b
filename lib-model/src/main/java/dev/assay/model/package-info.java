/** Losses of causal language models from Java. Knows no Spark and no chain. */
package dev.assay.model;
