/** Which samples a subnet's validators refuse by their text. */
package dev.assay.jobs.config.filter;
