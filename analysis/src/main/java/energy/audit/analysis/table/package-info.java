/** Tables that people keep as text: RFC 4180, with a head. Every answer that is no names line and column. */
@NullMarked
package energy.audit.analysis.table;

import org.jspecify.annotations.NullMarked;
