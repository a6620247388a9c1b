/** The one web server: each of the localnet's services is a handler of its requests. */
package dev.assay.localnet.http;
