package energy.audit.enrolment;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.enrolment.AgentAuthority.Issued;
import energy.audit.enrolment.EnrolmentTable.Invited;
import energy.audit.evidence.EnrolmentProof;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.Open;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import energy.audit.log.LogKey;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How an agent gets in, keeps its papers fresh, changes its key, and is put out. */
@ApplicationScoped
public class Enrolment {
    private static final String ROOM = "enrolment";
    private static final Duration LONGEST_INVITATION = Duration.ofDays(30);
    /** How far ahead an agent's clock may be when it asks for a certificate. */
    private static final Duration CLOCK_AHEAD = Duration.ofDays(1);

    private final Tenancy tenancy;
    private final Access access;
    private final Metering metering;
    private final LogKey logKey;
    private final AgentAuthority authority;
    private final Reach reach;
    private final Clock clock;
    private final EnrolmentTable table;
    private final AttemptLimit limit;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public Enrolment(
            Tenancy tenancy,
            Access access,
            Metering metering,
            LogKey logKey,
            AgentAuthority authority,
            Reach reach,
            Clock clock) {
        this.tenancy = tenancy;
        this.access = access;
        this.metering = metering;
        this.logKey = logKey;
        this.authority = authority;
        this.reach = reach;
        this.clock = clock;
        this.table = new EnrolmentTable(tenancy);
        this.limit = new AttemptLimit(clock);
    }

    /**
     * Invites an agent to a site of the current tenant. An earlier invitation of the same agent that nobody used ends.
     *
     * @param validFor up to 30 days
     * @throws Refusal UNKNOWN_SITE; AGENT_EXISTS, also for a revoked one: its sequence numbers are used up
     */
    public Invitation invite(AgentId agent, SiteId site, Duration validFor) {
        access.require(Permission.ENROL_AGENT);
        if (validFor.isNegative() || validFor.isZero() || validFor.compareTo(LONGEST_INVITATION) > 0) {
            throw Refusal.invalid(
                    "BAD_DURATION",
                    "invitation of agent " + agent + " for " + validFor,
                    "it is valid from a moment up to 30 days",
                    "Give an ISO 8601 duration such as PT24H.");
        }
        metering.site(site);
        requireNewName(agent);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Token token = Token.made(tenancy.current(), random);
        table.invite(token.hash(), agent, site, access.actor(), now, now.plus(validFor));
        tell(LogCode.AGENT_INVITED, agent);
        return new Invitation(agent, site, token.text(), now.plus(validFor), reach.portal());
    }

    private void tell(LogCode code, AgentId agent) {
        TenantId tenant = tenancy.current();
        tenancy.afterCommit(() -> EnrolmentLog.write(code, tenant, agent));
    }

    private void requireNewName(AgentId agent) {
        metering.agent(agent).ifPresent(known -> {
            throw Refusal.conflict(
                    "AGENT_EXISTS",
                    "agent " + agent,
                    "log entry " + known.logIndex() + (known.revoked() ? " revokes it" : " enrols it"),
                    "Names are used once, since sequence numbers are: choose another one, or let the agent change its key"
                            + " (edge-agent rotate-key).");
        });
    }

    /**
     * Enrols the agent behind a token: its key becomes an entry of the log, and its request a client certificate. The same
     * key may ask again while the token lasts, for an answer that was lost on the way.
     *
     * @param address of the caller, to limit attempts by
     * @throws Refusal ENROLMENT_REFUSED for anybody without a token, whatever the reason; else what is wrong with it
     */
    @Open("the token is the permission: 256 random bits that a person with ENROL_AGENT has given away")
    public EnrolledAgent redeem(Redemption redemption, String address) {
        limit.count(address);
        Token token = Token.parsed(redemption.token()).orElseThrow(Enrolment::strange);
        return inside(token.tenant(), address, () -> {
            Invited invited = table.locked(token.hash()).orElseThrow(Enrolment::strange);
            PublicKey tlsKey = proven(
                    redemption.request(),
                    der -> redemption
                            .key()
                            .verifies(EnrolmentProof.byToken(redemption.token(), der), redemption.proof()));
            requireUsable(invited, redemption);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (invited.usedAt().isEmpty()) {
                requireNewName(invited.agent());
                metering.enrolAgent(
                        invited.agent(), invited.site(), redemption.key(), "by an invitation of " + invited.issuedBy());
                table.use(token.hash(), redemption.key(), now);
                tell(LogCode.AGENT_ENROLLED, invited.agent());
            }
            Issued issued = certified(invited.agent(), tlsKey, 0);
            return new EnrolledAgent(
                    tenancy.current(),
                    invited.agent(),
                    invited.site(),
                    logKey.installation(),
                    logKey.key().verificationKey(),
                    issued.pem(),
                    issued.notAfter(),
                    reach.brokerHost(),
                    reach.brokerPort(),
                    reach.authorityPem());
        });
    }

    private void requireUsable(Invited invited, Redemption redemption) {
        String what = "invitation of agent " + invited.agent();
        String next = "Ask for another one: energy-audit enrol-agent.";
        invited.usedAt().ifPresent(at -> {
            if (!invited.usedKey().equals(Optional.of(redemption.key()))) {
                throw Refusal.conflict(
                        "TOKEN_USED",
                        what,
                        "it was used at " + at + " by an agent with another key",
                        "If that was not yours, revoke that agent. " + next);
            }
        });
        if (!clock.instant().isBefore(invited.expiresAt())) {
            throw Refusal.forbidden("TOKEN_EXPIRED", what, "it expired at " + invited.expiresAt(), next);
        }
        invited.replacedAt().ifPresent(at -> {
            throw Refusal.forbidden("TOKEN_REPLACED", what, "another one replaced it at " + at, "Use that one.");
        });
        redemption.site().filter(site -> !site.equals(invited.site())).ifPresent(site -> {
            throw Refusal.conflict(
                    "OTHER_SITE",
                    what,
                    "it is for site " + invited.site() + ", the agent is configured for " + site,
                    "Correct modbus.yaml, or " + "ask for a token for that site: energy-audit enrol-agent.");
        });
    }

    /** What a question of the proof is asked. */
    private interface Proof {
        boolean holds(byte[] requestDer);
    }

    private static PublicKey proven(String request, Proof proof) {
        CertificateRequest asked = CertificateRequest.parsed(request)
                .orElseThrow(() -> Refusal.invalid(
                        "BAD_REQUEST",
                        "certificate request",
                        "it is no PKCS #10 request in PEM that its own key has signed",
                        "Let the agent make it: java -jar edge-agent.jar enrol."));
        if (!proof.holds(asked.der())) {
            throw Refusal.forbidden(
                    "BAD_PROOF",
                    "certificate request",
                    "it is not signed by the agent's signing key",
                    "Let the agent make it: java -jar edge-agent.jar enrol.");
        }
        return asked.key();
    }

    private Issued certified(AgentId agent, PublicKey tlsKey, long requestedMs) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Issued issued = authority.issue(tenancy.current() + "." + agent, tlsKey, now, random);
        table.certify(agent, issued, now, requestedMs);
        return issued;
    }

    /**
     * Signs the next certificate of an agent that shows its signing key.
     *
     * @throws Refusal RENEWAL_REFUSED, whatever the reason; AGENT_REVOKED to the holder of the key
     */
    @Open("the signature with the enrolled key is the permission")
    public EnrolledAgent renew(Renewal renewal, String address) {
        limit.count(address);
        return inside(renewal.tenant(), address, () -> {
            Agent known = metering.agent(renewal.agent()).orElseThrow(Enrolment::strange);
            CertificateRequest asked =
                    CertificateRequest.parsed(renewal.request()).orElseThrow(Enrolment::strange);
            if (!known.key().verifies(EnrolmentProof.renewal(renewal.atMs(), asked.der()), renewal.proof())) {
                throw strange();
            }
            requireNotRevoked(known);
            if (renewal.atMs() <= table.lastRequestMs(known.id())
                    || renewal.atMs() > clock.instant().plus(CLOCK_AHEAD).toEpochMilli()) {
                throw Refusal.conflict(
                        "BAD_TIME",
                        "certificate request of agent " + known.id(),
                        "its time " + Instant.ofEpochMilli(renewal.atMs())
                                + " is not after the request before, or more than a day ahead of "
                                + clock.instant(),
                        "Check the agent's clock.");
            }
            Issued issued = certified(known.id(), asked.key(), renewal.atMs());
            return new EnrolledAgent(
                    tenancy.current(),
                    known.id(),
                    known.site(),
                    logKey.installation(),
                    logKey.key().verificationKey(),
                    issued.pem(),
                    issued.notAfter(),
                    reach.brokerHost(),
                    reach.brokerPort(),
                    reach.authorityPem());
        });
    }

    /**
     * Puts an agent's next key in force, as it has announced it.
     *
     * @param announcement serialised {@code SignedKeyChange}
     * @return index of the log's entry
     */
    @Open("the signature with the enrolled key is the permission")
    public long changeKey(byte[] announcement, String address) {
        limit.count(address);
        OpenedKeyChange change;
        try {
            change = OpenedKeyChange.open(announcement);
        } catch (MalformedEvidence e) {
            throw Refusal.invalid(
                    "BAD_KEY_CHANGE",
                    "key change",
                    String.valueOf(e.getMessage()),
                    "Let the agent make it: java -jar edge-agent.jar rotate-key.");
        }
        return inside(TenantId.of(change.body().getTenant()), address, () -> {
            AgentId agent = AgentId.of(change.body().getAgent());
            List<Agent> own = metering.enrolments().stream()
                    .filter(enrolment -> enrolment.id().equals(agent))
                    .toList();
            if (own.stream().noneMatch(enrolment -> enrolment.key().equals(change.oldKey()))) {
                throw strange();
            }
            long index = metering.changeAgentKey(change);
            tell(LogCode.AGENT_KEY_CHANGED, agent);
            return index;
        });
    }

    /**
     * Puts an agent out: its batches are refused from now on, and its certificates are on the revocation list, which the
     * brokers read every few seconds. Repeatable.
     *
     * @param reason why, in words
     * @return index of the log's entry
     */
    public long revoke(AgentId agent, String reason) {
        access.require(Permission.ENROL_AGENT);
        long index = metering.revokeAgent(agent, reason);
        table.revoke(agent, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        tell(LogCode.AGENT_REVOKED, agent);
        return index;
    }

    /** The signed list of revoked client certificates (CRL, RFC 5280) in DER. */
    @Open("serial numbers tell nothing, and a revocation list is public by its nature")
    public byte[] revocationList() {
        Instant now = clock.instant();
        return authority.list(tenancy.outside(() -> table.revoked(now)), now);
    }

    private static void requireNotRevoked(Agent known) {
        if (known.revoked()) {
            throw Refusal.forbidden(
                    "AGENT_REVOKED",
                    "agent " + known.id(),
                    "log entry " + known.logIndex() + " revokes it",
                    "Ask who revoked it; have a new agent enrolled, under another name.");
        }
    }

    /** Works in a tenant that a stranger has named. Another one does the same work where there is none of that name. */
    private <T> T inside(TenantId named, String address, Supplier<T> work) {
        List<TenantId> directory = tenancy.directory();
        boolean known = directory.contains(named);
        try {
            TenantId tenant = known ? named : directory.stream().findFirst().orElseThrow(Enrolment::strange);
            return access.asSystem(ROOM, tenant, () -> {
                T done = work.get();
                if (!known) {
                    throw strange(); // no such tenant, so whatever was found is not what was named
                }
                return done;
            });
        } catch (Refusal e) {
            EnrolmentLog.refused(e.code(), address);
            throw e;
        }
    }

    private static Refusal strange() {
        return Refusal.forbidden(
                "ENROLMENT_REFUSED",
                "enrolment",
                "token, agent or signature are not known here",
                "Ask for an invitation: energy-audit enrol-agent; an enrolled agent needs its own key.");
    }
}
