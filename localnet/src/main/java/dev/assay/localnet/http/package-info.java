/** How the localnet's services are reached over HTTP. */
package dev.assay.localnet.http;
