/**
 * An embedded model hub that speaks the part of the Hugging Face hub's HTTP API that publishing and
 * downloading a model needs, in the form in which the {@code huggingface_hub} Python library speaks
 * it. Models only, public repositories only, one branch ({@code main}); large files travel by
 * git-LFS's basic transfer (the Xet protocol is not offered).
 */
package dev.assay.localnet.hub;
