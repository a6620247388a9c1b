/** Tests against third-party software; interoperation/README.md says what each proves. */
package dev.assay.interoperation;
