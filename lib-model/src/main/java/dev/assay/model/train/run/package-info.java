/** Training runs that go on after any end of their process. */
package dev.assay.model.train.run;
