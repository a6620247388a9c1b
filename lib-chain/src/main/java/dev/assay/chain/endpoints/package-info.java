/** Which endpoints are asked, whether they are of the right chain, and whether they agree. */
package dev.assay.chain.endpoints;
