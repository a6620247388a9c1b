/**
 * A client of the Hugging Face hub's HTTP API: create a repository, publish files by a commit, list
 * a revision, download it within limits into a node-local cache. What the hub sends is taken as
 * hostile until checked.
 */
package dev.assay.model.hub;
