package energy.audit.agent.enrol;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.Disk;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Has the client certificate renewed when a third of its time is left; the next connection shows the new one. */
public final class CertificateRenewal {
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    private final TlsIdentity identity;
    private final AgentSettings settings;
    private final EnrolmentOffice office;
    private final Supplier<SigningKey> key;
    private final Clock clock;
    private final Journal.Log journal;
    private Instant notBefore = Instant.MIN;

    /** @param key the newest that the backend knows */
    public CertificateRenewal(
            TlsIdentity identity,
            AgentSettings settings,
            EnrolmentOffice office,
            Supplier<SigningKey> key,
            Clock clock,
            Journal.Log journal) {
        this.identity = identity;
        this.settings = settings;
        this.office = office;
        this.key = key;
        this.clock = clock;
        this.journal = journal;
    }

    /** Renews if it is time; called now and then. */
    public void tend() throws InterruptedException {
        Instant now = clock.instant();
        X509Certificate certificate = identity.certificate();
        Instant end = certificate.getNotAfter().toInstant();
        Duration whole = Duration.between(certificate.getNotBefore().toInstant(), end);
        if (now.isBefore(notBefore) || Duration.between(now, end).compareTo(whole.dividedBy(3)) > 0) {
            return;
        }
        try {
            Papers papers = office.renew(
                    settings.tenant(), settings.agent(), key.get(), identity.request(), now.toEpochMilli());
            identity.renewed(papers.certificate());
            if (!papers.brokerAuthority().isBlank() && settings.mqtt().caFile().isPresent()) {
                Disk.REAL.replace(
                        settings.mqtt().caFile().get(), papers.brokerAuthority().getBytes(StandardCharsets.UTF_8));
            }
            journal.info(LogCode.CERTIFICATE_RENEWED, "not_after=" + papers.certificateNotAfter());
        } catch (EnrolmentRefused e) {
            failed(e.code(), e, end);
        } catch (IOException e) {
            failed("UNREACHABLE", e, end);
        }
    }

    private void failed(String reason, Exception e, Instant end) {
        notBefore = clock.instant().plus(AFTER_FAILURE);
        journal.error(
                LogCode.CERTIFICATE_RENEWAL_FAILED,
                "reason=" + reason + " detail=" + Journal.quoted(e.toString()) + " not_after=" + end
                        + " next=check_backend.url_and_that_the_agent_is_not_revoked");
    }
}
