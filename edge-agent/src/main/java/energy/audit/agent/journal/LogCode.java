package energy.audit.agent.journal;

/**
 * The stable first word of a log line. Renaming one is a breaking change: operators and monitoring search for them.
 * {@code docs/edge-agent.md} lists each with its meaning and what to do.
 */
public enum LogCode {
    // the life of the program
    AGENT_STARTED,
    AGENT_STOPPED,
    CONFIGURATION_REFUSED,
    MAPPING_CHANGED,
    MAPPING_REFUSED,
    BACKFILL_PROGRESS,
    UNEXPECTED_FAILURE,
    // who it is
    KEY_CHANGED,
    KEY_CHANGE_FAILED,
    CERTIFICATE_RENEWED,
    CERTIFICATE_RENEWAL_FAILED,
    AGENT_CLONED,
    SESSION_TAKEN_OVER,
    // polling
    CONNECTION_REFUSED,
    REGISTER_READ_FAILURE,
    CRC_ERROR,
    REQUEST_TIMEOUT,
    ILLEGAL_ADDRESS,
    DEVICE_EXCEPTION,
    NOT_IMPLEMENTED,
    DEVICE_RECOVERED,
    READ_SPLIT,
    POLL_LATE,
    CLOCK_STEP,
    CLOCK_STATE,
    // gateways
    GATEWAY_CONNECTED,
    GATEWAY_DISCONNECTED,
    UPLINK_REFUSED,
    // keeping
    TORN_TAIL_CUT,
    SEGMENT_DAMAGED,
    SEQUENCE_HOLE,
    BUFFER_THINNED,
    BUFFER_FULL,
    BUFFER_FREE,
    DISK_WRITE_FAILED,
    GAP_RECORDED,
    // forwarding
    MQTT_CONNECTED,
    MQTT_DISCONNECTED,
    PUBLISH_REFUSED,
    RECEIPT_OVERDUE,
    RECEIPT_REFUSED,
    RECEIPT_UNREADABLE,
    BATCH_QUARANTINED,
    BATCH_RECEIPTED
}
