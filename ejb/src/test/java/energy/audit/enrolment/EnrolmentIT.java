package energy.audit.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.evidence.EnrolmentProof;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import energy.audit.log.StoredEntry;
import energy.audit.metering.Agent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnrolmentIT {
    private static final SiteId HALL = SiteId.of("hall");
    private static final AgentId ROOF = AgentId.of("roof");
    private static final String FROM = "192.0.2.1";

    private final House house = new House();
    private final TenantId acme = house.tenant("acme");
    private final SigningKey key = SigningKey.generate(new SecureRandom());

    @BeforeEach
    void aConfiguredSite() {
        for (TenantId tenant : List.of(acme, house.tenant("globex"))) {
            house.in(
                    tenant,
                    () -> house.metering.configure(MeteringConfiguration.newBuilder()
                            .setTenant(tenant.value())
                            .setSite("hall")
                            .setSiteName("Hall")
                            .setZone("Europe/Berlin")
                            .setEffectiveFromMs(1_767_225_600_000L)
                            .addMeters(Meter.newBuilder()
                                    .setId("main")
                                    .setEnergySource("electricity")
                                    .addChannels(Channel.newBuilder()
                                            .setId("hall.main.active-energy-import")
                                            .setQuantity("active-energy-import")
                                            .setUnit("kWh")
                                            .setKind(RegisterKind.COUNTER)
                                            .setEncoding("uint32")
                                            .setMultiplier("1")
                                            .setModulus("4294967296")
                                            .setEnergyKwhPerUnit("1")))
                            .build()));
        }
    }

    @Test
    @Promise("enrolment.R1")
    void aTokenLetsOneKeyInAndItsUseIsAnEntryOfTheLog() throws Exception {
        Invitation invitation = invite(Duration.ofHours(24));

        EnrolledAgent enrolled = redeem(invitation.token(), key);

        assertThat(enrolled.tenant()).isEqualTo(acme);
        assertThat(enrolled.agent()).isEqualTo(ROOF);
        assertThat(enrolled.site()).isEqualTo(HALL);
        assertThat(enrolled.logKey()).isEqualTo(house.log.verificationKey());
        X509Certificate certificate = certificate(enrolled);
        certificate.verify(house.authority.certificate().getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=acme.roof");
        Agent agent = house.in(acme, () -> house.metering.agent(ROOF)).orElseThrow();
        assertThat(agent.key()).isEqualTo(key.verificationKey());
        assertThat(agent.reason()).isEqualTo("by an invitation of test");
    }

    @Test
    @Promise("enrolment.R1")
    void aTokenIsUsedOnceAndOnlyTheSameKeyMayAskAgain() {
        Invitation invitation = invite(Duration.ofHours(24));
        redeem(invitation.token(), key);
        long size = size();

        assertThat(redeem(invitation.token(), key).agent())
                .as("an answer that was lost on the way")
                .isEqualTo(ROOF);
        assertThatThrownBy(() -> redeem(invitation.token(), SigningKey.generate(new SecureRandom())))
                .satisfies(code("TOKEN_USED"));
        assertThat(size()).isEqualTo(size);
    }

    @Test
    @Promise("enrolment.R1")
    void ofTwoAgentsThatShowOneTokenAtOnceOneGetsIn() {
        String token = invite(Duration.ofHours(24)).token();
        List<CompletableFuture<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SigningKey other = SigningKey.generate(new SecureRandom());
            racers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    redeem(token, other);
                    return true;
                } catch (Refusal e) {
                    return false;
                }
            }));
        }
        assertThat(racers.stream().filter(CompletableFuture::join).count()).isEqualTo(1);
        assertThat(house.in(acme, () -> house.metering.enrolments())).hasSize(1);
    }

    @Test
    @Promise("enrolment.R1")
    void anExpiredTokenAReplacedOneAndOneForAnotherSiteAreRefusedAndChangeNothing() {
        Invitation first = invite(Duration.ofHours(1));
        Invitation second = invite(Duration.ofHours(1));
        long size = size();

        assertThatThrownBy(() -> redeem(first.token(), key)).satisfies(code("TOKEN_REPLACED"));
        assertThatThrownBy(() -> redeem(second.token(), key, Optional.of(SiteId.of("cellar"))))
                .satisfies(code("OTHER_SITE"));
        house.clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> redeem(second.token(), key)).satisfies(code("TOKEN_EXPIRED"));
        assertThat(size()).isEqualTo(size);
        assertThat(house.in(acme, () -> house.metering.enrolments())).isEmpty();
    }

    @Test
    void anInvitationNeedsASiteThatThereIsAndAnAgentThatThereIsNot() {
        assertThatThrownBy(() ->
                        house.in(acme, () -> house.enrolment.invite(ROOF, SiteId.of("moon"), Duration.ofHours(1))))
                .satisfies(code("UNKNOWN_SITE"));
        assertThatThrownBy(() -> invite(Duration.ofDays(31))).satisfies(code("BAD_DURATION"));
        redeem(invite(Duration.ofHours(1)).token(), key);
        assertThatThrownBy(() -> invite(Duration.ofHours(1))).satisfies(code("AGENT_EXISTS"));
        house.in(acme, () -> house.enrolment.revoke(ROOF, "sold"));
        assertThatThrownBy(() -> invite(Duration.ofHours(1))).satisfies(code("AGENT_EXISTS"));
    }

    @Test
    @Promise("enrolment.R2")
    void whoHasNoTokenGetsOneAnswerWhateverIsThere() {
        String secret = invite(Duration.ofHours(1)).token().substring("acme.".length());
        List<String> guesses =
                List.of("acme." + "A".repeat(43), "nobody." + secret, "globex." + secret, "acme", "", "ACME." + secret);
        List<String> answers = new ArrayList<>();
        for (String guess : guesses) {
            assertThatThrownBy(() -> redeem(guess, key))
                    .satisfies(code("ENROLMENT_REFUSED"))
                    .satisfies(e -> answers.add(e.getMessage()));
        }
        assertThat(answers).hasSize(guesses.size());
        assertThat(answers.stream().distinct()).hasSize(1);
    }

    @Test
    void attemptsAreLimitedPerAddressAndMinute() {
        for (int i = 0; i < AttemptLimit.OF_ONE; i++) {
            assertThatThrownBy(() -> redeem("acme.x", key)).satisfies(code("ENROLMENT_REFUSED"));
        }
        String good = invite(Duration.ofHours(1)).token();
        assertThatThrownBy(() -> redeem(good, key)).satisfies(code("TOO_MANY_ATTEMPTS"));
        house.clock.advance(Duration.ofMinutes(1));
        assertThat(redeem(good, key).agent()).isEqualTo(ROOF);
    }

    @Test
    @Promise("enrolment.R3")
    void aCertificateIsSignedOnlyForTheHolderOfTheSigningKey() throws Exception {
        String token = invite(Duration.ofHours(1)).token();
        byte[] der = TestAuthority.request(TestAuthority.pair());
        SigningKey thief = SigningKey.generate(new SecureRandom());

        assertThatThrownBy(() -> house.enrolment.redeem(
                        new Redemption(
                                token,
                                Optional.empty(),
                                key.verificationKey(),
                                TestAuthority.pem(der),
                                thief.sign(EnrolmentProof.byToken(token, der))),
                        FROM))
                .satisfies(code("BAD_PROOF"));
        redeem(token, key);
        assertThatThrownBy(() -> renew(thief, 1_780_000_000_000L)).satisfies(code("ENROLMENT_REFUSED"));
    }

    @Test
    void aCertificateIsRenewedForAnEnrolledKeyAndNoRequestTwice() throws Exception {
        EnrolledAgent first = redeem(invite(Duration.ofHours(1)).token(), key);
        long now = house.clock.instant().toEpochMilli();

        EnrolledAgent second = renew(key, now);

        assertThat(certificate(second).getSerialNumber())
                .isNotEqualTo(certificate(first).getSerialNumber());
        assertThatThrownBy(() -> renew(key, now)).satisfies(code("BAD_TIME"));
        assertThatThrownBy(() -> renew(key, now + Duration.ofDays(2).toMillis()))
                .satisfies(code("BAD_TIME"));
        assertThat(renew(key, now + 1).agent()).isEqualTo(ROOF);
    }

    @Test
    @Promise("enrolment.R4")
    void aRevokedAgentGetsNoCertificateAndThoseItHasAreOnTheList() throws Exception {
        EnrolledAgent enrolled = redeem(invite(Duration.ofHours(1)).token(), key);
        EnrolledAgent renewed =
                renew(key, 1_780_000_000_000L - Duration.ofDays(120).toMillis());
        assertThat(list().getRevokedCertificates()).isNull();

        long index = house.in(acme, () -> house.enrolment.revoke(ROOF, "laptop stolen"));

        assertThat(list().isRevoked(certificate(enrolled))).isTrue();
        assertThat(list().isRevoked(certificate(renewed))).isTrue();
        list().verify(house.authority.certificate().getPublicKey());
        assertThatThrownBy(() -> renew(key, 1_780_000_000_000L)).satisfies(code("AGENT_REVOKED"));
        StoredEntry entry = house.in(acme, () -> house.log.entries(EntryKind.AGENT_ENROLMENT, LogSize.NEWEST))
                .get(1);
        AgentEnrolment said = AgentEnrolment.parseFrom(entry.payload());
        assertThat(entry.index()).isEqualTo(index);
        assertThat(said.getRevoked()).isTrue();
        assertThat(said.getReason()).isEqualTo("laptop stolen");
        assertThat(house.in(acme, () -> house.enrolment.revoke(ROOF, "again"))).isEqualTo(index);
    }

    @Test
    void aKeyChangeIsAnEntryThatCarriesTheAnnouncementAndIsMadeOnce() throws Exception {
        redeem(invite(Duration.ofHours(1)).token(), key);
        SigningKey next = SigningKey.generate(new SecureRandom());
        byte[] announcement = OpenedKeyChange.announce("acme", "roof", key, next, 9, 1L);

        long index = house.enrolment.changeKey(announcement, FROM);

        assertThat(house.enrolment.changeKey(announcement, FROM)).isEqualTo(index);
        AgentEnrolment said = AgentEnrolment.parseFrom(
                house.in(acme, () -> house.log.entries(EntryKind.AGENT_ENROLMENT, LogSize.NEWEST))
                        .get(1)
                        .payload());
        assertThat(said.getKeyChange().toByteArray()).isEqualTo(announcement);
        assertThat(said.getFirstSequence()).isEqualTo(9);
        assertThat(said.getPublicKey().toByteArray())
                .isEqualTo(next.verificationKey().raw());
        SigningKey third = SigningKey.generate(new SecureRandom());
        assertThatThrownBy(() ->
                        house.enrolment.changeKey(OpenedKeyChange.announce("acme", "roof", key, third, 12, 1L), FROM))
                .as("the old key can announce nothing any more")
                .satisfies(code("OTHER_KEY_IN_FORCE"));
        assertThatThrownBy(() ->
                        house.enrolment.changeKey(OpenedKeyChange.announce("acme", "roof", third, key, 12, 1L), FROM))
                .satisfies(code("ENROLMENT_REFUSED"));
    }

    private Invitation invite(Duration validFor) {
        return house.in(acme, () -> house.enrolment.invite(ROOF, HALL, validFor));
    }

    private EnrolledAgent redeem(String token, SigningKey with) {
        return redeem(token, with, Optional.empty());
    }

    private EnrolledAgent redeem(String token, SigningKey with, Optional<SiteId> site) {
        try {
            byte[] der = TestAuthority.request(TestAuthority.pair());
            return house.enrolment.redeem(
                    new Redemption(
                            token,
                            site,
                            with.verificationKey(),
                            TestAuthority.pem(der),
                            with.sign(EnrolmentProof.byToken(token, der))),
                    FROM);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private EnrolledAgent renew(SigningKey with, long atMs) throws Exception {
        KeyPair pair = TestAuthority.pair();
        byte[] der = TestAuthority.request(pair);
        return house.enrolment.renew(
                new Renewal(acme, ROOF, TestAuthority.pem(der), atMs, with.sign(EnrolmentProof.renewal(atMs, der))),
                FROM);
    }

    private X509CRL list() throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(house.enrolment.revocationList()));
    }

    private static X509Certificate certificate(EnrolledAgent enrolled) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(enrolled.certificate().getBytes(StandardCharsets.US_ASCII)));
    }

    private long size() {
        return house.in(acme, () -> house.log.size()).entries();
    }

    private static java.util.function.Consumer<Throwable> code(String wanted) {
        return e -> assertThat(e)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(wanted));
    }
}
