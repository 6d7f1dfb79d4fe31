package energy.audit.report;

import energy.audit.evidence.GapsInForce;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.ReportFigures;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the pages of a report say, before it has a layout or a language.
 *
 * @param figures as they are signed
 * @param plan which figure stands where
 * @param enpis one an indicator with an approved baseline
 * @param quality one a printed channel
 * @param signedGaps gaps that people have signed for
 * @param evidence what the figures rest on
 * @param since what has changed since an earlier prefix of the log, where somebody asked
 */
record ReportContent(
        ReportFigures figures,
        FigurePlan plan,
        List<EnpiChapter> enpis,
        List<ChannelQuality> quality,
        List<GapsInForce.Logged> signedGaps,
        EvidenceFacts evidence,
        Optional<KnownSince> since) {
    ReportContent {
        enpis = List.copyOf(enpis);
        quality = List.copyOf(quality);
        signedGaps = List.copyOf(signedGaps);
    }

    ReportContent comparedWith(KnownSince earlier) {
        return new ReportContent(figures, plan, enpis, quality, signedGaps, evidence, Optional.of(earlier));
    }

    Map<String, Figure> byId() {
        Map<String, Figure> byId = new HashMap<>();
        figures.getFiguresList().forEach(figure -> byId.put(figure.getId(), figure));
        return byId;
    }

    /**
     * How complete the readings of a channel are in the period.
     *
     * @param site id
     * @param meter name of the meter
     * @param channel id
     * @param planned quarter-hour boundaries in the period
     * @param present boundaries at which a reading exists
     * @param gaps stretches that an agent has signed as "no data, because …"
     * @param events what the register did: rollover, exchange, reset, …
     */
    record ChannelQuality(
            String site,
            String meter,
            String channel,
            long planned,
            long present,
            List<SignedGap> gaps,
            List<RegisterNote> events) {
        ChannelQuality {
            gaps = List.copyOf(gaps);
            events = List.copyOf(events);
        }

        double coverage() {
            return planned == 0 ? 0 : Math.min(1, (double) present / planned);
        }
    }

    /** A stretch without data and its cause; {@code to} exclusive. */
    record SignedGap(Instant from, Instant to, String cause) {}

    /** Something the register did. */
    record RegisterNote(Instant at, String kind, String detail) {}

    /**
     * @param checkpoint the signed note, as text
     * @param logSize number of entries the report is a function of
     * @param rootHex root hash over them
     * @param logKeyFingerprint SHA-256 of the log's public key, hex
     * @param agents whose batches are attached
     * @param entries how many log entries are attached
     */
    record EvidenceFacts(
            String checkpoint,
            long logSize,
            String rootHex,
            String logKeyFingerprint,
            List<SigningAgent> agents,
            int entries) {
        EvidenceFacts {
            agents = List.copyOf(agents);
        }
    }

    /** An agent, the SHA-256 of its public key in hex, and how many of its batches are attached. */
    record SigningAgent(String agent, String site, String keyFingerprint, int batches) {}
}
