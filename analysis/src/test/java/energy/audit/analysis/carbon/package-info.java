/** Greenhouse gas emissions from energy, by dated factors that name their source. */
@NullMarked
package energy.audit.analysis.carbon;

import org.jspecify.annotations.NullMarked;
