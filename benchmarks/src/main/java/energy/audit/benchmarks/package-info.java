/** Measured speed. Every benchmark prints a ratio against something real that ran in the same process, minutes apart. */
@NullMarked
package energy.audit.benchmarks;

import org.jspecify.annotations.NullMarked;
