package energy.audit.access;

import java.util.Set;

/**
 * Who asks.
 *
 * @param person user name in the identity provider; never blank
 * @param realmRoles roles of the identity provider, for example {@code installation-admin}
 */
public record Caller(String person, Set<String> realmRoles) {
    /** May open tenants, enrol agents and configure meters anywhere; looks into a tenant are recorded there. */
    public static final String INSTALLATION_ADMIN = "installation-admin";

    public Caller {
        if (person.isBlank()) {
            throw new IllegalArgumentException("a caller without a name");
        }
        realmRoles = Set.copyOf(realmRoles);
    }

    public boolean isInstallationAdmin() {
        return realmRoles.contains(INSTALLATION_ADMIN);
    }
}
