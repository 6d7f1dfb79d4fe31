package energy.audit.variables;

import energy.audit.evidence.wire.EntryKind;
import java.time.Instant;

/** An import as the log has it. @param kind PRODUCTION_IMPORT or WEATHER_IMPORT */
public record Delivery(
        long logIndex, EntryKind kind, String source, String importId, long rows, String by, Instant at) {}
