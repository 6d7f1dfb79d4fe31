package energy.audit.ingest;

import energy.audit.evidence.ChannelCounts;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.ingest.Admission.Reason;
import energy.audit.ingest.Envelope.Sender;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Agent;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a message is what it says: step 6's pure half, before any claim is looked up. */
final class Examination {
    private static final long EARLIEST_MS =
            Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST_MS = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private Examination() {}

    /** A message and what was found: a batch when it could be read, a refusal when it does not hold. */
    record Finding(Optional<OpenedBatch> batch, Optional<Refused> refused) {}

    /** Why not. */
    record Refused(Reason reason, String detail) {}

    /**
     * @param enrolments of the tenant that the topic names, in log order
     */
    static Finding of(Envelope envelope, Sender sender, List<Agent> enrolments) {
        OpenedBatch batch;
        try {
            batch = OpenedBatch.parse(envelope.payload());
        } catch (MalformedEvidence e) {
            return new Finding(Optional.empty(), refused(Reason.UNREADABLE, String.valueOf(e.getMessage())));
        }
        Optional<Refused> refused = sender(batch.body(), sender)
                .or(() -> signature(batch, sender, enrolments))
                .or(() -> content(batch, sender, enrolments));
        return new Finding(Optional.of(batch), refused);
    }

    private static Optional<Refused> sender(Batch body, Sender sender) {
        if (body.getTenant().equals(sender.tenant().value())
                && body.getAgent().equals(sender.agent().value())) {
            return Optional.empty();
        }
        return refused(
                Reason.TOPIC_DISAGREES,
                "the batch says " + body.getTenant() + "/" + body.getAgent() + ", its topic " + sender.tenant() + "/"
                        + sender.agent());
    }

    private static Optional<Refused> signature(OpenedBatch batch, Sender sender, List<Agent> enrolments) {
        List<Agent> ofAgent =
                enrolments.stream().filter(a -> a.id().equals(sender.agent())).toList();
        if (ofAgent.isEmpty()) {
            return refused(Reason.UNKNOWN_AGENT, sender.agent() + " is not enrolled in " + sender.tenant());
        }
        Agent newest = ofAgent.get(ofAgent.size() - 1);
        if (newest.revoked()) {
            return refused(Reason.REVOKED_KEY, "revoked by log entry " + newest.logIndex());
        }
        Optional<Agent> inForce = Agent.inForce(ofAgent, batch.body().getSequence());
        if (inForce.filter(agent -> batch.signedBy(agent.key())).isPresent()) {
            return Optional.empty();
        }
        if (inForce.filter(agent -> Arrays.equals(agent.key().keyId(), batch.keyId()))
                .isPresent()) {
            return refused(Reason.BAD_SIGNATURE, batch.toString());
        }
        return ofAgent.stream()
                .filter(agent -> batch.signedBy(agent.key()))
                .findFirst()
                .flatMap(signer -> refused(
                        Reason.REPLACED_KEY,
                        "signed with the key of log entry " + signer.logIndex() + "; for sequence "
                                + batch.body().getSequence() + " that of log entry "
                                + inForce.map(Agent::logIndex).orElse(-1L) + " is in force"))
                .or(() -> refused(
                        Reason.UNKNOWN_KEY,
                        "key id " + HexFormat.of().formatHex(batch.keyId()) + " was never enrolled for "
                                + sender.agent()));
    }

    private static Optional<Refused> content(OpenedBatch batch, Sender sender, List<Agent> enrolments) {
        Batch body = batch.body();
        boolean ownSite = enrolments.stream()
                .anyMatch(a -> a.id().equals(sender.agent()) && a.site().value().equals(body.getSite()));
        if (!ownSite) {
            return refused(Reason.FOREIGN_SITE, sender.agent() + " is not enrolled for site '" + body.getSite() + "'");
        }
        if (!body.getMapping().isEmpty()
                && !Hash.sha256(body.getMapping().toByteArray()).byteString().equals(body.getMappingSha256())) {
            return refused(
                    Reason.MAPPING_DISAGREES,
                    "the mapping has SHA-256 "
                            + Hash.sha256(body.getMapping().toByteArray()).hex() + ", the batch names "
                            + HexFormat.of().formatHex(body.getMappingSha256().toByteArray()));
        }
        Map<String, Long> lastMs = new HashMap<>();
        for (ChannelCounts column : batch.channels()) {
            Optional<Refused> refused = name(column.channel(), body.getSite())
                    .or(() -> times(column, lastMs.getOrDefault(column.channel(), Long.MIN_VALUE)));
            if (refused.isPresent()) {
                return refused;
            }
            long[] atMs = column.atMs();
            if (atMs.length > 0) {
                lastMs.put(column.channel(), atMs[atMs.length - 1]);
            }
        }
        for (Gap gap : body.getGapsList()) {
            if (outside(gap.getFromMs()) || outside(gap.getToMs())) {
                return refused(
                        Reason.IMPLAUSIBLE_TIME, "a gap from " + gap.getFromMs() + " ms to " + gap.getToMs() + " ms");
            }
            Optional<Refused> refused =
                    gap.getChannel().isEmpty() ? Optional.empty() : name(gap.getChannel(), body.getSite());
            if (refused.isPresent()) {
                return refused;
            }
        }
        return outside(body.getClock().getSealedAtMs())
                ? refused(
                        Reason.IMPLAUSIBLE_TIME, "sealed at " + body.getClock().getSealedAtMs() + " ms")
                : Optional.empty();
    }

    private static Optional<Refused> name(String channel, String site) {
        try {
            return ChannelId.of(channel).site().value().equals(site)
                    ? Optional.empty()
                    : refused(Reason.FOREIGN_SITE, "channel " + channel + " in a batch of site " + site);
        } catch (Refusal e) {
            return refused(Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    /** One reading an instant, ascending over all columns of a channel. */
    private static Optional<Refused> times(ChannelCounts column, long previousMs) {
        long last = previousMs;
        for (long at : column.atMs()) {
            if (outside(at)) {
                return refused(Reason.IMPLAUSIBLE_TIME, "channel " + column.channel() + " at " + at + " ms");
            }
            if (at <= last) {
                return refused(
                        Reason.UNREADABLE,
                        "channel " + column.channel() + " has an instant twice or out of order: "
                                + Instant.ofEpochMilli(at));
            }
            last = at;
        }
        return Optional.empty();
    }

    private static boolean outside(long ms) {
        return ms < EARLIEST_MS || ms >= LATEST_MS;
    }

    private static Optional<Refused> refused(Reason reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }
}
