package energy.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import energy.audit.House;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Cosignature;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.log.EntryDraft;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessesIT {
    private static final String ANNA = "anna@auditor.example";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final House house = new House();
    private final TenantId acme = house.tenant("acme");
    private final Witnesses witnesses =
            new Witnesses(house.tenancy, house.access, house.log, house.ingest, house.clock);
    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @SuppressWarnings("NullAway.Init")
    private StampingAuthority authority;

    @BeforeEach
    void start() throws Exception {
        post.start();
        authority = new StampingAuthority();
    }

    @AfterEach
    void stop() {
        post.stop();
        authority.close();
    }

    private WitnessRound round(OutsideServices services) {
        return new WitnessRound(house.tenancy, house.access, house.log, house.clock, services);
    }

    private OutsideServices mail(int port) {
        return new OutsideServices(
                Optional.empty(),
                Optional.of(new OutsideServices.MailServer("127.0.0.1", port, "log@energy.example", "", "", false)));
    }

    private OutsideServices stamps() {
        return new OutsideServices(Optional.of(authority.address()), Optional.empty());
    }

    private void grow() {
        house.in(
                acme,
                () -> house.log.append(new EntryDraft(
                        EntryKind.WORKFLOW_DECISION, "emma", "decided".getBytes(StandardCharsets.UTF_8))));
    }

    private Holder holder(Holder.Kind kind) {
        return house.in(acme, witnesses::holders).stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Promise("witness.R3")
    void anAuditorGetsTheHeadByMailOnceADayWhenTheLogHasGrown() throws Exception {
        house.in(acme, () -> witnesses.subscribe(ANNA));
        int port = post.getSmtp().getPort();
        round(mail(port)).run();
        round(mail(port)).run(); // another server of the cluster, a moment later
        assertThat(post.getReceivedMessages()).hasSize(1);
        MimeMessage message = post.getReceivedMessages()[0];
        assertThat(message.getAllRecipients()[0]).hasToString(ANNA);
        MimeMultipart parts = (MimeMultipart) message.getContent();
        String attached = new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String note = house.in(acme, () -> house.log.checkpoint());
        assertThat(attached).isEqualTo(note);
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("verify report.pdf --checkpoint")
                .contains(note.lines().findFirst().orElseThrow());
        assertThat(holder(Holder.Kind.MAIL).size()).isEqualTo(1);

        house.clock.advance(Duration.ofHours(25));
        round(mail(port)).run();
        assertThat(post.getReceivedMessages()).as("nothing new to tell").hasSize(1);
        grow();
        house.clock.advance(Duration.ofHours(25));
        round(mail(port)).run();
        assertThat(post.getReceivedMessages()).hasSize(2);
        house.in(acme, () -> witnesses.unsubscribe(ANNA));
        grow();
        house.clock.advance(Duration.ofHours(25));
        round(mail(port)).run();
        assertThat(post.getReceivedMessages()).hasSize(2);
    }

    @Test
    void aMailServerThatIsAwayIsTroubleThatIsShownAndTriedAgain() throws IOException {
        house.in(acme, () -> witnesses.subscribe(ANNA));
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        round(mail(nobody)).run();
        assertThat(holder(Holder.Kind.MAIL).trouble().orElseThrow())
                .contains("mail to " + ANNA)
                .contains(Integer.toString(nobody));
        assertThat(holder(Holder.Kind.MAIL).size()).isZero();
        house.in(acme, witnesses::soon);
        house.clock.advance(Duration.ofMinutes(1));
        round(mail(post.getSmtp().getPort())).run();
        assertThat(post.getReceivedMessages()).hasSize(1);
        assertThat(holder(Holder.Kind.MAIL).trouble()).isEmpty();
        assertThat(holder(Holder.Kind.MAIL).size()).isEqualTo(1);
    }

    @Test
    @Promise("witness.R2")
    void aStampIsOverTheVeryBytesOfTheHeadAndOpensslAgrees() throws Exception {
        round(stamps()).run();
        Stamp stamp = house.in(acme, witnesses::stamps).get(0);
        assertThat(stamp.note()).isEqualTo(house.in(acme, () -> house.log.checkpoint()));
        assertThat(stamp.authority()).isEqualTo(authority.address().toString());
        assertThat(holder(Holder.Kind.STAMP).size()).isEqualTo(1);
        Path note = Files.writeString(folder.resolve("head.checkpoint"), stamp.note());
        Path token = Files.write(folder.resolve("head.token"), stamp.token());
        Path certificate = folder.resolve("tsa.pem");
        authority.writeCertificate(certificate);
        assertThat(openssl(note, token, certificate)).contains("Verification: OK");
        Files.writeString(note, stamp.note().replace("acme", "acne"));
        assertThat(openssl(note, token, certificate)).contains("Verification: FAILED");
    }

    @Test
    void aServiceThatRefusesReplaysOrBabblesLeavesNoStamp() {
        round(stamps()).run();
        for (StampingAuthority.Mood mood : List.of(
                StampingAuthority.Mood.REPLAYS, StampingAuthority.Mood.REFUSES, StampingAuthority.Mood.BABBLES)) {
            authority.mood(mood);
            grow();
            house.in(acme, witnesses::soon);
            round(stamps()).run();
            assertThat(house.in(acme, witnesses::stamps)).as(mood.name()).hasSize(1);
        }
        authority.mood(StampingAuthority.Mood.HONEST);
        house.in(acme, witnesses::soon);
        round(stamps()).run();
        assertThat(house.in(acme, witnesses::stamps)).hasSize(2);
    }

    @Test
    @Promise("witness.R1")
    void aCosignatureIsKeptOnlyWhenGoodByARegisteredKeyAndForAHeadOfThisLog() throws Exception {
        SigningKey key = SigningKey.generate(new SecureRandom());
        SigningKey stranger = SigningKey.generate(new SecureRandom());
        String name = "auditor.example/anna";
        String note = house.in(acme, () -> house.log.checkpoint());
        String cosigned = Cosignature.addTo(note, name, key, house.clock.instant());
        assertThatThrownBy(() -> house.in(acme, () -> witnesses.cosign(cosigned)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("NO_COSIGNATURE"));
        house.in(acme, () -> witnesses.register(name, key.verificationKey()));
        assertThat(house.in(acme, () -> witnesses.cosign(cosigned))).containsExactly(name);
        grow();
        assertThat(house.in(acme, () -> witnesses.cosigned(LogSize.of(1)))).isEqualTo(cosigned);
        assertThat(holder(Holder.Kind.COSIGNATURE).size()).isEqualTo(1);

        String forged = Cosignature.addTo(note, name, stranger, house.clock.instant());
        assertThatThrownBy(() -> house.in(acme, () -> witnesses.cosign(forged)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("NO_COSIGNATURE"));
        String broken =
                cosigned.substring(0, cosigned.length() - 8) + "AAAA" + cosigned.substring(cosigned.length() - 4);
        assertThatThrownBy(() -> house.in(acme, () -> witnesses.cosign(broken)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("BAD_NOTE"));
        String otherHistory = new Checkpoint(
                        "energy-audit/test-installation/acme",
                        1,
                        Hash.sha256("another history".getBytes(StandardCharsets.UTF_8)))
                .signedNote("energy-audit/test-installation", house.logKey.key());
        String proof = Cosignature.addTo(otherHistory, name, key, house.clock.instant());
        assertThatThrownBy(() -> house.in(acme, () -> witnesses.cosign(proof)))
                .isInstanceOfSatisfying(Refusal.class, no -> {
                    assertThat(no.code()).isEqualTo("NOT_OUR_HEAD");
                    assertThat(no.nextStep()).contains("rewritten");
                });
    }

    private static String openssl(Path note, Path token, Path certificate) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "openssl",
                            "ts",
                            "-verify",
                            "-data",
                            note.toString(),
                            "-in",
                            token.toString(),
                            "-token_in",
                            "-CAfile",
                            certificate.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("openssl is not on this machine, so its opinion is not asked: " + e.getMessage());
            throw e;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
