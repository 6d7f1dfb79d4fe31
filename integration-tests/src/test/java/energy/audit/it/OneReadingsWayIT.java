package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows one register count from the plant's socket to the figure on the page of the PDF. */
class OneReadingsWayIT {
    private static final String TENANT = "demo-castings";
    private static final String SITE = "foundry-north";
    private static final String CHANNEL = "foundry-north.main.active-energy-import";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void oneRegisterCountIsTheSameFromTheSocketToThePdf() throws IOException {
        // the month that is complete in the history
        JsonNode plant = plant("/status");
        Instant anchor = Instant.parse(plant.path("anchor").asText());
        YearMonth month = YearMonth.from(anchor.atZone(ZONE).plusDays(1));
        LocalDate first = month.atDay(1);
        LocalDate next = month.plusMonths(1).atDay(1);
        Instant from = first.atStartOfDay(ZONE).toInstant();
        Instant to = next.atStartOfDay(ZONE).toInstant();
        if (from.isBefore(anchor)) {
            from = anchor;
        }

        // 1 what the register showed
        long atStart = plant("/expected?channel=" + CHANNEL + "&at=" + from)
                .path("count")
                .asLong();
        long atEnd = plant("/expected?channel=" + CHANNEL + "&at=" + to)
                .path("count")
                .asLong();

        // 2 what was stored
        assertThat(storedCountAt(from)).isEqualTo(atStart);
        assertThat(storedCountAt(to)).isEqualTo(atEnd);

        // 3 what it means: whole counts, rollover at the modulus, scaled once
        JsonNode channel = channel();
        BigDecimal modulus = new BigDecimal(channel.path("modulus").asText("4294967296"));
        BigDecimal counts = BigDecimal.valueOf(atEnd).subtract(BigDecimal.valueOf(atStart));
        if (counts.signum() < 0) {
            counts = counts.add(modulus);
        }
        BigDecimal energyKwh =
                counts.multiply(new BigDecimal(channel.path("multiplier").asText()));

        // 4 what is on the page, and recomputed from the evidence in the file
        Path pdf = folder.resolve("report.pdf");
        RunningStack.Outcome export = RunningStack.cli(
                "compliance-export",
                "--tenant",
                TENANT,
                "--site",
                SITE,
                "--from",
                first.toString(),
                "--to",
                next.minusDays(1).toString(),
                "--format",
                "pdf",
                "--out",
                pdf.toString());
        assertThat(export.exit()).as(export.err()).isZero();
        RunningStack.Outcome verdict = RunningStack.verifier(
                pdf.toString(),
                "--trust",
                RunningStack.DATA.resolve("trust.json").toString(),
                "--json");
        assertThat(verdict.exit()).as(verdict.out() + verdict.err()).isZero();
        JsonNode figure = figureOf(RunningStack.JSON.readTree(verdict.out()), CHANNEL);
        BigDecimal printed = new BigDecimal(figure.path("printed").asText());
        assertThat(printed).isEqualByComparingTo(energyKwh.setScale(printed.scale(), java.math.RoundingMode.HALF_EVEN));
        assertThat(figure.path("recomputed").asText())
                .isEqualTo(figure.path("printed").asText());
    }

    @Test
    void aFlippedByteAnywhereInAReportIsRefusedWithAReason() throws IOException {
        LocalDate today = LocalDate.now(java.time.Clock.system(ZONE));
        for (String format : new String[] {"pdf", "csv"}) {
            Path file = folder.resolve("small." + format);
            RunningStack.Outcome export = RunningStack.cli(
                    "compliance-export",
                    "--tenant",
                    TENANT,
                    "--site",
                    "cold-store",
                    "--from",
                    today.minusDays(2).toString(),
                    "--to",
                    today.minusDays(1).toString(),
                    "--format",
                    format,
                    "--out",
                    file.toString());
            assertThat(export.exit()).as(export.err()).isZero();
            byte[] honest = Files.readAllBytes(file);
            assertThat(RunningStack.verifier(file.toString()).exit()).isZero();
            java.util.Random random = new java.util.Random(20261123);
            for (int i = 0; i < 12; i++) {
                byte[] forged = honest.clone();
                int at = random.nextInt(forged.length);
                forged[at] ^= (byte) (1 << random.nextInt(8));
                Path other = Files.write(folder.resolve("forged." + format), forged);
                RunningStack.Outcome verdict = RunningStack.verifier(other.toString());
                assertThat(verdict.exit()).as("byte %d of the %s", at, format).isNotZero();
                assertThat(verdict.out() + verdict.err()).isNotBlank();
            }
        }
    }

    private static long storedCountAt(Instant at) {
        JsonNode answer = RunningStack.getJson(
                "/tenants/" + TENANT + "/readings?channel=" + CHANNEL + "&from=" + at + "&to=" + at.plusSeconds(1));
        JsonNode items = answer.isArray() ? answer : answer.path("items");
        assertThat(items.size())
                .as("readings of %s at %s: %s", CHANNEL, at, answer)
                .isEqualTo(1);
        return items.get(0).path("count").asLong();
    }

    private static JsonNode channel() throws IOException {
        JsonNode metering = RunningStack.JSON.readTree(
                Files.readString(RunningStack.DATA.resolve("plant/config/" + SITE + "/metering.json")));
        for (JsonNode meter : metering.path("meters")) {
            for (JsonNode channel : meter.path("channels")) {
                if (channel.path("id").asText().equals(CHANNEL)) {
                    return channel;
                }
            }
        }
        throw new AssertionError("the metering configuration has no channel " + CHANNEL);
    }

    private static JsonNode figureOf(JsonNode verdict, String channel) {
        for (JsonNode figure : verdict.path("figures")) {
            if (figure.path("channel").asText().equals(channel)) {
                return figure;
            }
        }
        throw new AssertionError("no figure for " + channel + " in " + verdict);
    }

    private static JsonNode plant(String path) throws IOException {
        int port = 15090 + RunningStack.PORT_OFFSET;
        return RunningStack.JSON.readTree(
                RunningStack.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .GET()
                                .build())
                        .body());
    }
}
