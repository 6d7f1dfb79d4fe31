/** Figures as documents that programs read; one place, so that page, interface and command print the same digits. */
@NullMarked
package energy.audit.analysis.document;

import org.jspecify.annotations.NullMarked;
