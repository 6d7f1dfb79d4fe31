package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.backend.TestOffice;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.enrol.CertificateRenewal;
import energy.audit.agent.enrol.EnrolmentOffice;
import energy.audit.agent.enrol.StagedEnrolment;
import energy.audit.agent.journal.Journal;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Enrolling over HTTP with an office that checks every signature. */
class EnrolCommandTest {
    @TempDir
    Path folder;

    private TestOffice office;

    /** How a command ended. */
    private record Run(int status, String out, String err) {}

    @BeforeEach
    void openOffice() throws Exception {
        office = new TestOffice(
                Duration.ofDays(300), SigningKey.generate(new SecureRandom()).verificationKey());
        office.invites("demo-castings.t0ken");
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    @Test
    void anAgentMakesItsKeysItselfKeepsThemPrivateAndKnowsEverythingThatItNeeds() throws IOException {
        Path directory = folder.resolve("agent");
        Run run = enrol(directory, "demo-castings.t0ken");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("roof-agent is enrolled for site foundry-north")
                .contains("--config " + directory);
        for (String secret : List.of("agent.key", "agent-tls.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
        AgentHome home = new AgentHome(directory);
        AgentSettings settings = home.settings();
        assertThat(settings.agent()).isEqualTo("roof-agent");
        assertThat(settings.mqtt().tls()).isTrue();
        assertThat(settings.mqtt().user()).isEqualTo("demo-castings.roof-agent");
        assertThat(settings.backend()).map(AgentSettings.Backend::url).contains(office.url());
        assertThat(home.tlsIdentity().certificate().getSubjectX500Principal().getName())
                .isEqualTo("CN=demo-castings.roof-agent");
        assertThat(home.brokerSignIn().toString()).isEqualTo("by certificate");
        assertThat(names(directory)).doesNotContain("enrolment.part", "enrolment.done");
    }

    @Test
    void aTokenIsGoodOnceAndARefusalLeavesNothingBehind() throws IOException {
        assertThat(enrol(folder.resolve("first"), "demo-castings.t0ken").status())
                .isZero();
        for (String token : List.of("demo-castings.t0ken", "demo-castings.unknown")) {
            Path second = folder.resolve("second");
            Run run = enrol(second, token);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith(
                            "ERR ENROLMENT_REFUSED " + (token.endsWith("t0ken") ? "TOKEN_USED" : "ENROLMENT_REFUSED"));
            assertThat(names(second)).isEmpty();
        }
    }

    @Test
    void anAgentThatIsConfiguredForAnotherSiteIsRefusedAndKeepsItsConfiguration() throws IOException {
        Path directory = folder.resolve("agent");
        Files.createDirectories(directory);
        AgentHome home = new AgentHome(directory);
        AgentDirectory.modbus(home, 1502, "1s");
        String wrong = Files.readString(home.modbusYaml()).replace("foundry-north", "cold-store");
        Files.writeString(home.modbusYaml(), wrong);

        Run run = enrol(directory, "demo-castings.t0ken");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("OTHER_SITE");
        assertThat(names(directory)).containsExactly("modbus.yaml");
    }

    @Test
    void anAnswerThatIsLostCostsNothingBecauseTheSameKeyMayAskAgain() throws IOException {
        Path directory = folder.resolve("agent");
        office.swallowsAnswers(true);
        Run lost = enrol(directory, "demo-castings.t0ken");
        office.swallowsAnswers(false);

        assertThat(lost.status()).isEqualTo(1);
        assertThat(lost.err()).contains("ERR ENROLMENT_UNANSWERED").contains("same command again");
        assertThat(names(directory)).containsExactly("enrolment.part");
        assertThat(enrol(directory, "demo-castings.t0ken").status()).isZero();
    }

    @Test
    void aCrashAfterTheAnswerIsFinishedByTheNextStart() throws IOException {
        Path directory = folder.resolve("agent");
        enrol(directory, "demo-castings.t0ken");
        Path done = Files.createDirectory(directory.resolve("enrolment.done"));
        for (String file : List.of("agent.key", "agent-tls.crt", "audit-engine.conf")) {
            Files.move(directory.resolve(file), done.resolve(file));
        }

        AgentHome home = new AgentHome(directory);
        assertThat(home.settings().agent()).isEqualTo("roof-agent");
        assertThat(home.key().verificationKey().raw()).hasSize(32);
        assertThat(home.tlsIdentity().certified()).isTrue();
        assertThat(done).doesNotExist();
    }

    @Test
    void aDirectoryWithAnAgentAndAnAddressWithoutTlsAreRefused() {
        Path directory = folder.resolve("agent");
        enrol(directory, "demo-castings.t0ken");
        Run again = enrol(directory, "demo-castings.t0ken");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("an agent lives here already").contains("rotate-key");
        Run plain = run(
                "enrol",
                "--url",
                "http://audit.test/",
                "--token",
                "x",
                "--config",
                folder.resolve("b").toString());
        assertThat(plain.status()).isEqualTo(2);
        assertThat(plain.err()).contains("a token goes over TLS only");
    }

    @Test
    void aCertificateIsRenewedWhenAThirdOfItsTimeIsLeftAndTheNextHandshakeShowsTheNewOne() throws Exception {
        Path directory = folder.resolve("agent");
        enrol(directory, "demo-castings.t0ken");
        AgentHome home = new AgentHome(directory);
        AgentSettings settings = home.settings();
        X509Certificate first = home.tlsIdentity().certificate();
        var manager =
                (javax.net.ssl.X509ExtendedKeyManager) home.tlsIdentity().keys().getKeyManagers()[0];
        try (Journal journal = Journal.in(home.logs(), Clock.systemUTC(), System.err)) {
            renewal(home, settings, Clock.systemUTC(), journal).tend();
            assertThat(home.tlsIdentity().certificate()).isEqualTo(first);
            Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(201));
            renewal(home, settings, late, journal).tend();
        }
        X509Certificate second = home.tlsIdentity().certificate();
        assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(manager.getCertificateChain("agent")[0]).isEqualTo(second);
        assertThat(Files.readString(home.logs().resolve("service.log"))).contains("CERTIFICATE_RENEWED not_after=");
    }

    private static CertificateRenewal renewal(AgentHome home, AgentSettings settings, Clock clock, Journal journal) {
        return new CertificateRenewal(
                home.tlsIdentity(),
                settings,
                EnrolmentOffice.at(settings.backend().orElseThrow().url(), Optional.empty()),
                home::key,
                clock,
                journal.service());
    }

    @Test
    void settingsThatTheOperatorHasMadeStay() throws IOException {
        Path directory = folder.resolve("agent");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("audit-engine.conf"), "workers=7\ntenant=somebody-else\n");
        assertThat(enrol(directory, "demo-castings.t0ken").status()).isZero();
        AgentSettings settings = new AgentHome(directory).settings();
        assertThat(settings.workers()).isEqualTo(7);
        assertThat(settings.tenant()).isEqualTo("demo-castings");
        new StagedEnrolment(directory).finish(); // nothing is left to do
    }

    @Test
    void settingsBehindALinkStayBehindIt() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("agent"));
        Path elsewhere = Files.writeString(folder.resolve("audit-engine.conf"), "workers=7\n");
        Files.createSymbolicLink(directory.resolve("audit-engine.conf"), elsewhere);
        assertThat(enrol(directory, "demo-castings.t0ken").status()).isZero();
        assertThat(directory.resolve("audit-engine.conf")).isSymbolicLink();
        assertThat(elsewhere).content().contains("agent=roof-agent").contains("workers=7");
        assertThat(new AgentHome(directory).settings().agent()).isEqualTo("roof-agent");
    }

    private Run enrol(Path directory, String token) {
        return run("enrol", "--url", office.url().toString(), "--token", token, "--config", directory.toString());
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = EdgeAgent.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return new Run(line.execute(arguments), out.toString(), err.toString());
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
