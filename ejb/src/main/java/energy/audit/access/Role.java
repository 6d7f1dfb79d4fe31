package energy.audit.access;

import energy.audit.kernel.Refusal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What someone is for one tenant. */
public enum Role {
    ENERGY_MANAGER(EnumSet.of(
            Permission.SEE,
            Permission.ISSUE_REPORT,
            Permission.HANDLE_QUARANTINE,
            Permission.SIGN_GAP,
            Permission.CONFIGURE_METERING,
            Permission.ENROL_AGENT,
            Permission.RECALCULATE,
            Permission.IMPORT_PRODUCTION,
            Permission.ENTER_FACTORS,
            Permission.DEFINE_ENPI,
            Permission.DECIDE_ENPI,
            Permission.GRANT)),
    CONSULTANT(EnumSet.of(
            Permission.SEE,
            Permission.ISSUE_REPORT,
            Permission.RECALCULATE,
            Permission.IMPORT_PRODUCTION,
            Permission.ENTER_FACTORS,
            Permission.DEFINE_ENPI,
            Permission.DECIDE_ENPI)),
    AUDITOR(EnumSet.of(Permission.SEE, Permission.ISSUE_REPORT)),
    OPERATOR(EnumSet.of(Permission.SEE, Permission.HANDLE_QUARANTINE, Permission.SIGN_GAP)),
    READER(EnumSet.of(Permission.SEE)),
    /** Held for an hour by an administrator of the installation who looks into a tenant; recorded there. */
    INSTALLATION_ADMIN(EnumSet.complementOf(EnumSet.of(Permission.DERIVE)));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** As written in grants and JSON: {@code energy-manager}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Role of(String text) {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw Refusal.invalid(
                "UNKNOWN_ROLE",
                "role '" + text + "'",
                "there is no such role",
                "Use energy-manager, consultant, auditor, operator or reader.");
    }
}
