package energy.audit.agent.config;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The content of {@code audit-engine.conf}: who the agent is, where it sends, and its limits.
 *
 * @param installation first part of the log's checkpoint key name is {@code energy-audit/} + this
 * @param backend where certificates are renewed and key changes announced; empty: nowhere
 * @param workers buses polled at the same time
 * @param bufferMaxBytes most that the segment log may take on disk
 * @param bufferThinAt fraction of that from which on only quarter-hour readings are kept; 1 switches thinning off
 * @param window batches that may be on their way without a receipt
 * @param clockWait how long readings wait for a clock that will be synchronised
 * @param receiptTimeout after which an unreceipted batch is sent again; doubles for each repetition
 */
public record AgentSettings(
        String tenant,
        String agent,
        String site,
        String installation,
        Mqtt mqtt,
        Optional<Backend> backend,
        int workers,
        long bufferMaxBytes,
        double bufferThinAt,
        int segmentBytes,
        int window,
        int backfillWindow,
        Duration receiptTimeout,
        Duration clockStepTolerance,
        Duration clockWait) {

    /**
     * The broker.
     *
     * @param tls whether TLS 1.3 or 1.2 is spoken
     * @param caFile certificates (PEM) that the broker's must chain to; empty: the Java runtime's own
     * @param sessionExpiry how long the broker keeps receipts for an absent agent
     */
    public record Mqtt(
            String host, int port, String user, boolean tls, Optional<Path> caFile, Duration sessionExpiry) {}

    /**
     * The portal.
     *
     * @param caFile certificates (PEM) that its own must chain to; empty: the Java runtime's own
     */
    public record Backend(URI url, Optional<Path> caFile) {}

    /**
     * Artemis 2.44 computes {@code seconds * 1000} in 32 bits (MQTTStateManager, scanSessions): a session that is to last
     * longer than 596 hours expires at once.
     */
    private static final int LONGEST_SESSION_HOURS = 596;

    /** Connections polled side by side, if nothing else is said. */
    public static final int DEFAULT_WORKERS = 64;

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("mqtt.port", "1883"),
            Map.entry("mqtt.tls", "false"),
            Map.entry("mqtt.tls.ca-file", ""),
            Map.entry("mqtt.session-expiry-hours", "336"),
            Map.entry("backend.url", ""),
            Map.entry("backend.ca-file", ""),
            Map.entry("workers", Integer.toString(DEFAULT_WORKERS)),
            Map.entry("buffer.max-bytes", "536870912"),
            Map.entry("buffer.thin-at", "0.75"),
            Map.entry("buffer.segment-bytes", "1048576"),
            Map.entry("forward.window", "64"),
            Map.entry("forward.receipt-timeout-seconds", "30"),
            Map.entry("backfill.window", "8"),
            Map.entry("clock.step-tolerance-ms", "500"),
            Map.entry("clock.wait-seconds", "900"));
    private static final Set<String> REQUIRED =
            Set.of("tenant", "agent", "site", "installation", "mqtt.host", "mqtt.user");

    /** @throws ConfigurationRefused with the key */
    public static AgentSettings read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigurationRefused(
                    file.toString(), "there is no such file", "Create it; see docs/edge-agent.md");
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(), "it cannot be read (" + e + ")", "Write it as key=value lines in UTF-8");
        }
        List<Complaint> complaints = ConfigurationCheck.settings(file.toString(), text);
        if (!complaints.isEmpty()) {
            throw ConfigurationRefused.of(complaints);
        }
        return parse(file, text);
    }

    static AgentSettings parse(Path file, String text) {
        Properties given = new Properties();
        try {
            given.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationRefused(
                    file.toString(), "it cannot be read (" + e + ")", "Write it as key=value lines in UTF-8");
        }
        return new Keys(file, given).settings();
    }

    /** Topic that the batches are published on. */
    public String batchTopic() {
        return "t/" + tenant + "/" + agent + "/batch";
    }

    /** Topic that the receipts come on. */
    public String receiptTopic() {
        return "t/" + tenant + "/" + agent + "/receipt";
    }

    /** Origin of the tenant's log in its checkpoints. */
    public String logOrigin() {
        return "energy-audit/" + installation + "/" + tenant;
    }

    /** Key name of the log's signed notes. */
    public String logKeyName() {
        return "energy-audit/" + installation;
    }

    /** @throws ConfigurationRefused if the plan is for another tenant or site */
    public void requireSamePlace(PollPlan plan) {
        if (!plan.tenant().equals(tenant) || !plan.site().equals(site)) {
            throw new ConfigurationRefused(
                    "modbus.yaml",
                    "it is for " + plan.tenant() + "/" + plan.site() + ", audit-engine.conf for " + tenant + "/" + site,
                    "Make both name the same tenant and site");
        }
    }

    private static final class Keys {
        private final Path file;
        private final Properties given;

        private Keys(Path file, Properties given) {
            this.file = file;
            this.given = given;
        }

        private AgentSettings settings() {
            Set<String> unknown = new TreeSet<>(given.stringPropertyNames());
            unknown.removeAll(REQUIRED);
            unknown.removeAll(DEFAULTS.keySet());
            if (!unknown.isEmpty()) {
                throw refused(
                        unknown.iterator().next(), "this key is unknown", "Known keys: " + String.join(", ", known()));
            }
            long segmentBytes = whole("buffer.segment-bytes", 1 << 12, 1 << 28);
            String ca = text("mqtt.tls.ca-file");
            Mqtt mqtt = new Mqtt(
                    text("mqtt.host"),
                    (int) whole("mqtt.port", 1, 65535),
                    text("mqtt.user"),
                    Boolean.parseBoolean(text("mqtt.tls")),
                    ca.isEmpty() ? Optional.empty() : Optional.of(file.resolveSibling(ca)),
                    Duration.ofHours(whole("mqtt.session-expiry-hours", 1, LONGEST_SESSION_HOURS)));
            return new AgentSettings(
                    word("tenant"),
                    word("agent"),
                    word("site"),
                    word("installation"),
                    mqtt,
                    backend(),
                    (int) whole("workers", 1, 256),
                    whole("buffer.max-bytes", 4 * segmentBytes, Long.MAX_VALUE),
                    fraction("buffer.thin-at"),
                    (int) segmentBytes,
                    (int) whole("forward.window", 1, 1000),
                    (int) whole("backfill.window", 1, 1000),
                    Duration.ofSeconds(whole("forward.receipt-timeout-seconds", 1, 86_400)),
                    Duration.ofMillis(whole("clock.step-tolerance-ms", 10, 60_000)),
                    Duration.ofSeconds(whole("clock.wait-seconds", 0, 259_200)));
        }

        private Optional<Backend> backend() {
            String url = text("backend.url");
            String ca = text("backend.ca-file");
            try {
                return url.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Backend(
                                new URI(url), ca.isEmpty() ? Optional.empty() : Optional.of(file.resolveSibling(ca))));
            } catch (URISyntaxException e) {
                throw refused("backend.url", "\"" + url + "\" is no address", "Give https://HOST:PORT/");
            }
        }

        private static Set<String> known() {
            Set<String> known = new TreeSet<>(REQUIRED);
            known.addAll(DEFAULTS.keySet());
            return known;
        }

        private String text(String key) {
            String value =
                    given.getProperty(key, DEFAULTS.getOrDefault(key, "")).trim();
            if (value.isEmpty() && REQUIRED.contains(key)) {
                throw refused(key, "this key is missing", "Add " + key + "=…");
            }
            return value;
        }

        /** A name that goes into topics and file names. */
        private String word(String key) {
            String value = text(key);
            if (!value.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
                throw refused(key, "\"" + value + "\" is no plain name", "Use letters, digits, - and _");
            }
            return value;
        }

        private long whole(String key, long min, long max) {
            try {
                long value = Long.parseLong(text(key));
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refused(key, "\"" + text(key) + "\" is no whole number", "Give one from " + min + " to " + max);
            }
            throw refused(key, text(key) + " is out of range", "Give a whole number from " + min + " to " + max);
        }

        private double fraction(String key) {
            try {
                double value = Double.parseDouble(text(key));
                if (value > 0 && value <= 1) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refused(key, "\"" + text(key) + "\" is no number", "Give a fraction such as 0.75");
            }
            throw refused(key, text(key) + " is out of range", "Give a fraction above 0 and up to 1");
        }

        private ConfigurationRefused refused(String key, String why, String next) {
            return new ConfigurationRefused(file + ", " + key, why, next);
        }
    }
}
