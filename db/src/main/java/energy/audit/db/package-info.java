/** The database's schema as numbered migrations, and the program that applies them. Not here: any query. */
@NullMarked
package energy.audit.db;

import org.jspecify.annotations.NullMarked;
