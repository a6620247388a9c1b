/** The warehouse as a catalog of Spark: {@code SELECT * FROM assay.losses}, and views. */
package dev.assay.jobs.catalog;
