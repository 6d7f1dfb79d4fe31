package energy.audit.gap;

import energy.audit.analysis.register.Quality;
import energy.audit.ingest.StoredGap;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Period;
import java.util.List;
import java.util.Optional;

/**
 * A row of whole hours in which a counter has no measured figure.
 *
 * @param meter id
 * @param quality the worst of its hours: MISSING, PARTIAL or ESTIMATED
 * @param unread the longest stretch in it without any reading of the counter, to whole minutes: what one can sign for; empty
 *     when it was read all the time and its register was in no good order
 * @param told what the agent has signed for it, if it did
 * @param signed what people have signed for it
 */
public record Hole(
        String meter,
        String meterName,
        ChannelId channel,
        Period period,
        Quality quality,
        Optional<Period> unread,
        Optional<StoredGap> told,
        List<LoggedGap> signed) {
    public Hole {
        signed = List.copyOf(signed);
    }

    /** Somebody or something has said why. */
    public boolean explained() {
        return told.isPresent() || !signed.isEmpty();
    }
}
