/**
 * How the hub is called over HTTP: deadlines, silence, limits of bodies, rate limits, a second
 * look.
 */
package dev.assay.model.hub.http;
