package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of a meter exchange in a real browser. */
class MeterExchangePageIT {
    private static final String TENANT = "demo-castings";
    private static final String SITE = "cold-store";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Test
    void whatDoesNotFitIsSaidAsOneTypesAndWhatFitsIsEnteredOnce() {
        LocalDateTime local = LocalDate.now(Clock.system(ZONE)).minusDays(4).atTime(12, 0);
        Instant at = local.atZone(ZONE).toInstant();
        try (PortalBrowser browser = PortalBrowser.open()) {
            JsonNode meter = subMeter();
            Page page = browser.signIn("emma");
            page.navigate(address("exchange?meter=" + meter.path("id").asText()));
            page.waitForSelector("h1");
            assertThat(page.locator("main").innerText()).contains("This is permanent");
            page.fill("#exchange-at", local.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")));
            for (JsonNode channel : counters(meter)) {
                fill(page, channel, at, 0);
            }
            JsonNode first = counters(meter).get(0);
            String said = "[id='said-" + first.path("id").asText() + "']";
            page.waitForSelector(said + ":has-text(\"It fits\")");

            fill(page, first, at, 1_000_000_000L);
            page.waitForSelector(said + ".doubt");
            assertThat(page.locator(said).innerText()).contains("cannot have counted that much");
            assertThat(page.locator("#exchange-confirm").isVisible()).isTrue();
            page.fill("#exchange-technician", "T. Nolan");
            page.fill("#exchange-reason", "calibration period over");
            PortalBrowser.shoot(page, "exchange-doubted");
            page.click("#exchange button[type=submit]");
            page.waitForSelector("#exchange > .said.bad");
            assertThat(page.locator("#exchange > .said").innerText()).contains("oldFinalCount");

            fill(page, first, at, 0);
            page.waitForSelector(said + ":has-text(\"It fits\")");
            page.click("#exchange button[type=submit]");
            page.waitForSelector("#exchange[data-entered]");
            assertThat(page.locator("#exchange > .said").innerText()).contains("Entered as entry");
            page.reload();
            assertThat(page.locator("main table").innerText())
                    .contains("T. Nolan")
                    .contains("counts");
            PortalBrowser.shoot(page, "exchange-entered");
            page.setViewportSize(360, 780);
            PortalBrowser.shoot(page, "exchange-narrow");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whoMayNotEnterExchangesSeesThemOnly() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("anna");
            page.navigate(address("exchange?meter=" + subMeter().path("id").asText()));
            page.waitForSelector("h1");
            assertThat(page.locator("#exchange").count()).isZero();
            assertThat(page.locator("main").innerText()).contains("Only an energy manager");
        }
    }

    private static String address(String page) {
        return PortalBrowser.portal() + "/t/" + TENANT + "/" + SITE + "/" + page;
    }

    /** The value that the display shows at a count, {@code more} counts on for the old meter. */
    private static void fill(Page page, JsonNode channel, Instant at, long more) {
        String id = channel.path("id").asText();
        long count = RunningStack.getJson(
                        "/tenants/" + TENANT + "/readings?channel=" + id + "&from=" + at + "&to=" + at.plusSeconds(1))
                .path("items")
                .get(0)
                .path("count")
                .asLong();
        BigDecimal multiplier = new BigDecimal(channel.path("multiplier").asText());
        page.fill(
                "[id='old-" + id + "']",
                multiplier.multiply(BigDecimal.valueOf(count + more)).toPlainString());
        page.fill(
                "[id='new-" + id + "']",
                multiplier.multiply(BigDecimal.valueOf(count)).toPlainString());
    }

    private static List<JsonNode> counters(JsonNode meter) {
        List<JsonNode> counters = new java.util.ArrayList<>();
        meter.path("channels").forEach(channel -> {
            if (channel.path("counter").asBoolean()) {
                counters.add(channel);
            }
        });
        return counters;
    }

    private static JsonNode subMeter() {
        for (JsonNode meter : RunningStack.getJson("/tenants/" + TENANT + "/meters?site=" + SITE)
                .path("items")) {
            if (!meter.path("parent").asText("").isEmpty()
                    && meter.path("energySource").asText().equals("electricity")) {
                return meter;
            }
        }
        throw new AssertionError("site " + SITE + " has no sub-meter");
    }
}
