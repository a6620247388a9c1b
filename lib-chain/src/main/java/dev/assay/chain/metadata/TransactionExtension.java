package dev.assay.chain.metadata;

/**
 * What an extension adds to a signed extrinsic.
 *
 * @param explicit the type of what stands in the extrinsic
 * @param implicit the type of what is only signed
 */
public record TransactionExtension(String identifier, int explicit, int implicit) {}
