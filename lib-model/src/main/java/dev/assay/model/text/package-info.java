/** Text to token ids: tokenizers, the owner's chat templates, and where a response begins. */
package dev.assay.model.text;
