package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say over HTTP, to a server that writes down what it hears. */
class PortalTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private final List<String> heard = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> answer(exchange, 200, "{\"access_token\":\"t0ken\"}"));
        server.createContext("/api", exchange -> answer(exchange, status, answer));
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/cli.properties"),
                "portal.url=" + base + "\noidc.token.url=" + base + "/token\nclient.id=cli\nclient.secret=s&cret\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int code, String body) throws IOException {
        heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().add("X-Log-Size", "4711");
        exchange.getResponseHeaders().add("X-Log-Root", "abcd");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aReportIsAskedForWithDatesAsGivenAndSavedWithItsLogSize() throws IOException {
        answer = "the report";
        Path out = data.resolve("q1.pdf");
        Call export = export(out);
        assertThat(export.status()).as(export.err()).isZero();
        assertThat(out).hasContent("the report");
        assertThat(export.out()).contains("4711").contains("abcd");
        assertThat(heard.get(0)).contains("grant_type=client_credentials").contains("client_secret=s%26cret");
        assertThat(heard.get(1))
                .startsWith("POST /api/v1/tenants/demo-castings/reports Bearer t0ken")
                .contains("\"from\":\"2026-01-01\"")
                .contains("\"asKnownAt\":99");
    }

    @Test
    void aRefusalOfTheServerComesInItsOwnWordsWithStatusOne() {
        status = 404;
        answer = "{\"title\":\"site x\",\"detail\":\"there is none\",\"nextStep\":\"Look at the list.\"}";
        Path out = data.resolve("q1.pdf");
        Call export = export(out);
        assertThat(export.status()).isEqualTo(1);
        assertThat(export.err()).contains("site x: there is none. Look at the list.");
        assertThat(out).doesNotExist();
    }

    @Test
    void aStackThatIsNotUpIsNamedWithTheWayToStartIt() throws IOException {
        server.stop(0);
        Call down = export(data.resolve("q1.pdf"));
        assertThat(down.status()).isEqualTo(1);
        assertThat(down.err()).contains("nobody answers there").contains("./energy-audit up");
        Files.delete(data.resolve("run/cli.properties"));
        Call never = export(data.resolve("q1.pdf"));
        assertThat(never.status()).isEqualTo(1);
        assertThat(never.err()).contains("cli.properties").contains("--data");
    }

    @Test
    void anAgentIsEnrolledByItsPublicKey() {
        answer = "{\"logIndex\":17}";
        Call enrol = enrol("--public-key", KEY);
        assertThat(enrol.status()).as(enrol.err()).isZero();
        assertThat(enrol.out()).contains("entry 17");
        assertThat(heard.get(1)).contains("/tenants/demo-castings/agents").contains(KEY);
    }

    @Test
    void aTokenIsPrintedWithTheWholeCommandForThePlant() throws IOException {
        answer =
                "{\"token\":\"demo-castings.s3cret\",\"expiresAt\":\"2026-11-24T10:00:00Z\",\"url\":\"https://audit.test/\"}";
        Call enrol = enrol("--valid-for", "PT2H");
        assertThat(enrol.status()).as(enrol.err()).isZero();
        assertThat(enrol.out())
                .contains("java -jar edge-agent.jar enrol --url https://audit.test/")
                .contains("--token demo-castings.s3cret")
                .contains("until 2026-11-24T10:00:00Z")
                .doesNotContain("--ca");
        assertThat(heard.get(1)).contains("/tenants/demo-castings/invitations").contains("\"validFor\":\"PT2H\"");
        Files.writeString(
                data.resolve("run/cli.properties"), "tls.authority=/data/keys/tls.crt\n", StandardOpenOption.APPEND);
        assertThat(enrol().out()).contains("--ca energy-audit-authority.pem").contains("Copy /data/keys/tls.crt");
    }

    @Test
    void anAgentIsRevokedWithItsReason() {
        answer = "{\"logIndex\":18}";
        Call revoke = Call.of(
                "revoke-agent",
                "--tenant",
                "demo-castings",
                "--name",
                "a1",
                "--reason",
                "gateway stolen",
                "--data",
                data.toString());
        assertThat(revoke.status()).as(revoke.err()).isZero();
        assertThat(revoke.out()).contains("entry 18");
        assertThat(heard.get(1))
                .contains("/tenants/demo-castings/agents/a1/revocation")
                .contains("gateway stolen");
    }

    @Test
    void aWrongPublicKeyIsRefusedBeforeAnythingIsSent() {
        Call shortKey = enrol("--public-key", "AAAA");
        assertThat(shortKey.status()).isEqualTo(2);
        assertThat(shortKey.err()).contains("is not 32 bytes");
        assertThat(heard).isEmpty();
    }

    private Call export(Path out) {
        return Call.of(
                "compliance-export",
                "--tenant",
                "demo-castings",
                "--from",
                "2026-01-01",
                "--to",
                "2026-03-31",
                "--out",
                out.toString(),
                "--as-known-at",
                "99",
                "--data",
                data.toString());
    }

    private Call enrol(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "enrol-agent",
                "--tenant",
                "demo-castings",
                "--site",
                "foundry-north",
                "--name",
                "a1",
                "--data",
                data.toString()));
        arguments.addAll(List.of(more));
        return Call.of(arguments.toArray(String[]::new));
    }
}
