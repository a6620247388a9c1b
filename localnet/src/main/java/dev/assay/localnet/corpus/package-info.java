/** Questions and answers about English words, made from WordNet 3.1, as many as a seed asks for. */
package dev.assay.localnet.corpus;
