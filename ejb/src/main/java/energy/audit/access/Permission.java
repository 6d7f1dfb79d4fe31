package energy.audit.access;

/** What a door's method may ask for. */
public enum Permission {
    /** See sites, meters, readings, intervals, the log and its proofs. */
    SEE,
    /** Have a report signed. */
    ISSUE_REPORT,
    /** See and retry what was refused. */
    HANDLE_QUARANTINE,
    /** Put a metering configuration in force. */
    CONFIGURE_METERING,
    /** Enrol an agent's key. */
    ENROL_AGENT,
    /** Give and revoke roles. */
    GRANT,
    /** Sign for a gap in the data. */
    SIGN_GAP,
    /** Enter tariffs and emission factors. */
    ENTER_FACTORS,
    /** Hand in production and other relevant variables. */
    IMPORT_PRODUCTION,
    /** Have a whole period derived anew. */
    RECALCULATE,
    /** Define indicators, propose baselines, record changed static factors. */
    DEFINE_ENPI,
    /** Approve or reject what somebody else has proposed, and end a review. */
    DECIDE_ENPI,
    /** Derive intervals from readings: parts of this program only. */
    DERIVE
}
