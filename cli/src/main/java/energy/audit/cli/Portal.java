package energy.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** The REST face of a running stack, as the administrator's client of {@code run/cli.properties}. */
final class Portal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI api;
    private final String token;
    private final Optional<String> authority;

    private Portal(Properties properties) {
        this.api = URI.create(withSlash(properties.getProperty("portal.url", "")) + "api/v1");
        this.authority =
                Optional.ofNullable(properties.getProperty("tls.authority")).filter(file -> !file.isBlank());
        this.token = token(properties);
    }

    /** @param data data folder of the stack; without one ENERGY_AUDIT_DATA, else {@code .energy-audit} */
    static Portal of(Optional<Path> data) {
        Path folder = data.orElseGet(() ->
                Path.of(Optional.ofNullable(System.getenv("ENERGY_AUDIT_DATA")).orElse(".energy-audit")));
        Path file = folder.resolve("run").resolve("cli.properties");
        if (!Files.isRegularFile(file)) {
            throw Refused.no(
                    file.toString(),
                    "is not there, so no stack was started on this data folder",
                    "Start one with './energy-audit up', or name its folder with --data.");
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw Refused.input(
                    file.toString(), "cannot be read: " + e.getMessage(), "Run as the user who started the stack.");
        }
        return new Portal(properties);
    }

    /** PEM file with what the installation's certificates chain to; empty: a public authority. */
    Optional<String> authority() {
        return authority;
    }

    /** The path of a tenant. */
    static String tenant(String name) {
        return "/tenants/" + encoded(name);
    }

    /** Posts JSON and returns the answer's bytes; a problem becomes its own words. */
    HttpResponse<byte[]> post(String path, Object body) {
        try {
            return answered(HttpRequest.newBuilder(URI.create(api + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .timeout(PATIENCE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Posts text and returns the answer's bytes; a problem becomes its own words. */
    HttpResponse<byte[]> postText(String path, String contentType, String text) {
        return answered(HttpRequest.newBuilder(URI.create(api + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType + "; charset=utf-8")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8))
                .build());
    }

    private HttpResponse<byte[]> answered(HttpRequest request) {
        HttpResponse<byte[]> answer = send(request);
        if (answer.statusCode() / 100 == 2) {
            return answer;
        }
        try {
            JsonNode problem = JSON.readTree(answer.body());
            String reference = problem.path("reference").asText();
            throw Refused.no(
                    problem.path("title").asText(request.uri().getPath()),
                    problem.path("detail").asText("HTTP " + answer.statusCode()),
                    problem.path("nextStep").asText("See the server's log: ./energy-audit logs wildfly")
                            + (reference.isEmpty() ? "" : " Reference " + reference + "."));
        } catch (IOException e) {
            throw Refused.no(
                    request.uri().toString(),
                    "answered HTTP " + answer.statusCode() + " without a problem document",
                    "See the server's log: ./energy-audit logs wildfly");
        }
    }

    private String token(Properties properties) {
        URI url = URI.create(properties.getProperty("oidc.token.url", ""));
        String form = "grant_type=client_credentials&client_id=" + encoded(properties.getProperty("client.id", ""))
                + "&client_secret=" + encoded(properties.getProperty("client.secret", ""));
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        try {
            String access = JSON.readTree(answer.body()).path("access_token").asText();
            if (answer.statusCode() != 200 || access.isEmpty()) {
                throw Refused.no(
                        "sign-in at " + url,
                        "was refused with HTTP " + answer.statusCode(),
                        "The secret in run/cli.properties may be old; start the stack again.");
            }
            return access;
        } catch (IOException e) {
            throw Refused.no("sign-in at " + url, "answered no JSON", "Is Keycloak behind this address?");
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw Refused.no(
                    request.uri().getScheme() + "://" + request.uri().getAuthority(),
                    "nobody answers there",
                    "Start the stack with './energy-audit up', or see './energy-audit status'.");
        } catch (IOException e) {
            throw Refused.no(request.uri().toString(), "the connection failed: " + e.getMessage(), "Try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.no(request.uri().toString(), "was interrupted", "Run it again.");
        }
    }

    private static String withSlash(String url) {
        return url.endsWith("/") ? url : url + "/";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
