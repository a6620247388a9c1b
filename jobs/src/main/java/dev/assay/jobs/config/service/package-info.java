/** Settings of what runs all the time; no result depends on them. */
package dev.assay.jobs.config.service;
