package energy.audit.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP to our own servers. An answer outside 2xx becomes a {@link StackFailure} with its text. */
final class Rest {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_CHARACTERS = 600;

    /** Whether that address answers 2xx within two seconds. */
    static boolean answers(URI uri) {
        return status(uri) / 100 == 2;
    }

    /** The HTTP status, or 0 when nobody answers within two seconds. */
    static int status(URI uri) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(2))
                                    .GET()
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** An access token for that form, from an OpenID token endpoint. */
    String token(URI tokenUrl, String form) {
        return send(
                        HttpRequest.newBuilder(tokenUrl)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form)),
                        "")
                .path("access_token")
                .asText();
    }

    JsonNode get(URI uri, String token) {
        return send(HttpRequest.newBuilder(uri).GET(), token);
    }

    JsonNode put(URI uri, String token, JsonNode body) {
        return send(json(uri).PUT(BodyPublishers.ofString(body.toString())), token);
    }

    JsonNode post(URI uri, String token, JsonNode body) {
        return send(json(uri).POST(BodyPublishers.ofString(body.toString())), token);
    }

    private static HttpRequest.Builder json(URI uri) {
        return HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
    }

    private static JsonNode send(HttpRequest.Builder builder, String token) {
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        HttpRequest request = builder.header("Accept", "application/json")
                .timeout(Duration.ofSeconds(60))
                .build();
        String what = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            String body = response.body();
            if (response.statusCode() / 100 != 2) {
                String shown = body.length() > SHOWN_CHARACTERS ? body.substring(0, SHOWN_CHARACTERS) + " …" : body;
                throw new StackFailure(
                        what, "answered " + response.statusCode(), "It said: " + (shown.isBlank() ? "nothing" : shown));
            }
            return body.isBlank() ? NullNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new StackFailure(what, "did not answer in JSON", "See the cause: " + e, e);
        } catch (IOException e) {
            throw new StackFailure(what, "no answer (" + e + ")", "See ./energy-audit status", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure(what, "interrupted", "Start again", e);
        }
    }
}
