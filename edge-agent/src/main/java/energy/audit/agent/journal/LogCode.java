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
    COMMISSIONING_LOGGED,
    COMMISSIONING_REFUSED,
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
    POLL_TIMES,
    CLOCK_STEP,
    CLOCK_STATE,
    READINGS_HELD,
    READINGS_PLACED,
    READINGS_UNPLACED,
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
    BATCH_RECEIPTED;

    /** What somebody who reads an error line does next, where the line itself says nothing more exact. */
    String nextStep() {
        return switch (this) {
            case CONFIGURATION_REFUSED, MAPPING_REFUSED -> "correct_the_file";
            case COMMISSIONING_REFUSED -> "probe_the_register_again";
            case CONNECTION_REFUSED, GATEWAY_DISCONNECTED -> "check_power_network_and_port";
            case REQUEST_TIMEOUT -> "check_power_unit_id_and_wiring";
            case CRC_ERROR -> "check_wiring_termination_and_baud";
            case ILLEGAL_ADDRESS -> "compare_map_with_manual";
            case REGISTER_READ_FAILURE, DEVICE_EXCEPTION -> "see_device_manual";
            case CLOCK_STEP, READINGS_UNPLACED -> "check_time_source";
            case BUFFER_THINNED, BUFFER_FULL, MQTT_DISCONNECTED -> "restore_the_connection_to_the_backend";
            case DISK_WRITE_FAILED -> "free_or_replace_the_disk";
            case SEGMENT_DAMAGED -> "replace_the_disk_and_keep_the_directory_kept";
            case SEQUENCE_HOLE, RECEIPT_REFUSED -> "tell_the_auditor";
            case PUBLISH_REFUSED -> "check_the_brokers_permissions_of_this_agent";
            case RECEIPT_UNREADABLE -> "compare_log-key.pub_with_the_backend";
            case RECEIPT_OVERDUE -> "look_at_the_backends_ingest";
            case BATCH_QUARANTINED -> "look_at_the_portals_quarantine";
            case UNEXPECTED_FAILURE -> "report_this_line";
            default -> "see_docs/edge-agent.md";
        };
    }
}
