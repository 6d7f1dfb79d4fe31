package energy.audit.ingest;

import java.time.Instant;
import java.util.UUID;

/**
 * A refused message.
 *
 * @param detail what exactly did not fit
 * @param bytes size of the payload
 */
public record QuarantinedMessage(
        UUID id, Instant at, String topic, String agent, long sequence, Admission.Reason reason, String detail, int bytes) {}
