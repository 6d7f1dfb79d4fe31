/** The frame around every page: address to page, navigation, language, numbers, headers, what went wrong, health. */
@NullMarked
package energy.audit.web.shell;

import org.jspecify.annotations.NullMarked;
