/** The keys of config.json: typed, bounded, and refused where an unknown one could matter. */
package dev.assay.model.config;
