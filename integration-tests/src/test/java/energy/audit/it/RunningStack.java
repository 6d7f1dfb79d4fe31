package energy.audit.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The whole product on this machine, started once for all test classes with the same program a person starts with
 * {@code ./energy-audit up}, with one month of history. It is stopped when the test run ends.
 */
final class RunningStack {
    /** Two checkouts can test side by side on one machine: the environment gives the second one other ports. */
    static final int PORT_OFFSET =
            Integer.parseInt(System.getenv().getOrDefault("ENERGY_AUDIT_TEST_PORT_OFFSET", "3500"));

    static final Path TOP = Path.of(System.getProperty("energy.audit.top", ".."))
            .toAbsolutePath()
            .normalize();
    // a space in the path on purpose: people have such paths
    static final Path DATA = TOP.resolve("integration-tests/target/stack under test");
    static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private static volatile boolean started;

    private RunningStack() {}

    /** Starts the stack unless it runs; waits until the history has streamed in. */
    static synchronized void ensureReady() {
        if (started) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(RunningStack::stop, "stop the stack under test"));
        Outcome up = stack("up", "--detach", "--fresh", "--history-months", "1");
        if (up.exit() != 0) {
            throw new IllegalStateException("the stack did not start:\n" + up.out() + up.err());
        }
        started = true;
        awaitHistory();
    }

    private static void awaitHistory() {
        Awaitility.await("history of all sites is in the log and its intervals are derived")
                .atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    JsonNode history = status().path("history");
                    return history.path("done").asLong() > 0
                            && history.path("done").asLong()
                                    == history.path("total").asLong();
                });
    }

    static synchronized void stop() {
        if (!started && !Files.exists(DATA.resolve("run"))) {
            return;
        }
        stack("down");
        started = false;
    }

    static JsonNode status() {
        Outcome status = stack("status", "--json");
        try {
            return JSON.readTree(status.out());
        } catch (IOException e) {
            throw new IllegalStateException("status --json printed: " + status.out() + status.err(), e);
        }
    }

    /** Runs a command of the stack's program on the data under test. */
    static Outcome stack(String command, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(javaProgram(), "-jar", jar("stack", "energy-audit-stack.jar"), command));
        line.addAll(List.of("--data", DATA.toString()));
        if (command.equals("up")) {
            line.addAll(List.of("--port-offset", Integer.toString(PORT_OFFSET)));
        }
        line.addAll(List.of(arguments));
        return run(Duration.ofMinutes(6), line);
    }

    static Outcome cli(String... arguments) {
        List<String> line = new ArrayList<>(List.of(javaProgram(), "-jar", jar("cli", "energy-audit-cli.jar")));
        line.addAll(List.of(arguments));
        return run(Duration.ofMinutes(3), line);
    }

    static Outcome verifier(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(javaProgram(), "-jar", jar("verifier", "energy-audit-verifier.jar")));
        line.addAll(List.of(arguments));
        return run(Duration.ofMinutes(3), line);
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jar(String module, String name) {
        return TOP.resolve(module).resolve("target").resolve(name).toString();
    }

    static Outcome run(Duration limit, List<String> line) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(TOP.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("ENERGY_AUDIT_DATA", DATA.toString());
            Process process = builder.start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException(line + " did not end within " + limit + "; it printed:\n"
                        + Files.readString(out) + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + line, e);
        }
    }

    /** What a program printed, and how it ended. */
    record Outcome(int exit, String out, String err) {}

    // ---- REST as the administrator's client ------------------------------------------------------------------------

    static String portal() {
        return cliProperties().getProperty("portal.url");
    }

    static URI api(String path) {
        String base = portal();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v1" + path);
    }

    static String administratorToken() {
        Properties p = cliProperties();
        return token(
                p.getProperty("oidc.token.url"),
                "grant_type=client_credentials&client_id=" + encode(p.getProperty("client.id")) + "&client_secret="
                        + encode(p.getProperty("client.secret")));
    }

    private static String token(String url, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path("access_token").asText();
        } catch (IOException e) {
            throw new IllegalStateException("no token from " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + url, e);
        }
    }

    static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(api(path))
                .header("Authorization", "Bearer " + administratorToken())
                .header("Accept", "application/json")
                .GET()
                .build());
    }

    static JsonNode getJson(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("GET " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("GET " + path + " is not JSON: " + answer.body(), e);
        }
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + request, e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Properties cliProperties() {
        Properties p = new Properties();
        try {
            p.load(new StringReader(Files.readString(DATA.resolve("run/cli.properties"))));
        } catch (IOException e) {
            throw new IllegalStateException("the stack wrote no run/cli.properties", e);
        }
        return p;
    }
}
