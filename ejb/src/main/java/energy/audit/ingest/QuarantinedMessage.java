package energy.audit.ingest;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A refused message.
 *
 * @param sequence as the batch says; 0 when it cannot be read
 * @param detail what exactly did not fit
 * @param bytes size of the payload
 * @param admittedAs log index, when a retry has succeeded
 */
public record QuarantinedMessage(
        UUID id,
        Instant at,
        String topic,
        String agent,
        long sequence,
        Admission.Reason reason,
        String detail,
        int bytes,
        Optional<Long> admittedAs) {}
