package energy.audit.db;

import org.jspecify.annotations.Nullable;

/** A migration that was not made, why, and what to do. */
public final class MigrationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    MigrationRefused(String what, String why, String nextStep, @Nullable Throwable cause) {
        super(what + ": " + why + ". " + nextStep, cause);
    }
}
