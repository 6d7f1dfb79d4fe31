package energy.audit.ingest;

import energy.audit.access.Access;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** SIGNATURES, being filled. */
@ApplicationScoped
public class Ingest {
    @Inject
    public Ingest(Tenancy tenancy, TenantLog log, Access access, Metering metering) {}

    /** Admits messages, one transaction a tenant; outcomes in the order of the messages. Not inside a transaction. */
    public List<Admission> admit(List<Envelope> envelopes) { throw new UnsupportedOperationException(); }

    public IngestIdentity identity() { throw new UnsupportedOperationException(); }

    /** Readings from the period's beginning (included) to its end (excluded). */
    public Readings readings(ChannelId channel, Period period, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    public ReadingsAround readingsAround(ChannelId channel, Period period, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    /** For each instant the readings next to it, in the order of the instants. */
    public List<Bracket> brackets(ChannelId channel, List<Instant> instants, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    /** Log indexes, ascending and distinct, of the batches that hold the readings next to the instants. */
    public List<Long> batchesHolding(ChannelId channel, List<Instant> instants, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    /** Newest reading of each channel that has one. */
    public Map<ChannelId, Reading> latest(Collection<ChannelId> channels) { throw new UnsupportedOperationException(); }

    public List<StoredGap> gaps(ChannelId channel, Period period, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    /**
     * Takes up to {@code limit} touched hours, oldest first, out of the list in this transaction: its commit clears them,
     * its rollback gives them back. Others skip what is taken. A reading that arrives meanwhile marks its hour anew.
     * Marked are the hour that holds a new reading, and for a reading at hh:00:00.000 also the hour that ends there.
     */
    public List<TouchedBucket> takeTouched(int limit) { throw new UnsupportedOperationException(); }

    /** How many marks of touched hours wait. */
    public long touchedCount() { throw new UnsupportedOperationException(); }

    /** Registers a wake-up for after new readings were committed; it must be quick. */
    public void onTouched(Runnable wakeUp) { throw new UnsupportedOperationException(); }

    public List<QuarantinedMessage> quarantine(int limit) { throw new UnsupportedOperationException(); }

    public byte[] quarantinedPayload(UUID id) { throw new UnsupportedOperationException(); }

    public Admission retry(UUID id) { throw new UnsupportedOperationException(); }

    public List<IngestAlarm> alarms(int limit) { throw new UnsupportedOperationException(); }
}
