/**
 * Tests against software that nobody here wrote; interoperation/README.md says what each proves.
 */
package dev.assay.interoperation;
