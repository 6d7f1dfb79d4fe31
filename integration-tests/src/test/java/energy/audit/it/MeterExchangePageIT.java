package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The form of a meter exchange in a real browser. */
class MeterExchangePageIT {
    private static final String TENANT = "demo-castings";
    private static final String SITE = "cold-store";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Path SHOTS = RunningStack.TOP.resolve("integration-tests/target/screenshots");
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    @BeforeAll
    static void stackAndBrowserAreUp() {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (chromium.isEmpty()) {
            System.err.println("\n*** NO CHROMIUM ON THIS MACHINE: the portal's browser tests are SKIPPED."
                    + " Install the package chromium to run them. ***\n");
        }
        assumeTrue(chromium.isPresent(), "no Chromium on this machine: portal not tested in a browser");
        RunningStack.ensureReady();
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void closeBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void whatDoesNotFitIsSaidAsOneTypesAndWhatFitsIsEnteredOnce() {
        LocalDateTime local = LocalDate.now(Clock.system(ZONE)).minusDays(4).atTime(12, 0);
        Instant at = local.atZone(ZONE).toInstant();
        JsonNode meter = subMeter();
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "emma");
            List<String> complaints = new java.util.ArrayList<>();
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
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
            shoot(page, "exchange-doubted");
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
            shoot(page, "exchange-entered");
            page.setViewportSize(360, 780);
            shoot(page, "exchange-narrow");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void whoMayNotEnterExchangesSeesThemOnly() {
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "anna");
            page.navigate(address("exchange?meter=" + subMeter().path("id").asText()));
            page.waitForSelector("h1");
            assertThat(page.locator("#exchange").count()).isZero();
            assertThat(page.locator("main").innerText()).contains("Only an energy manager");
        }
    }

    private static String address(String page) {
        return RunningStack.portal().replaceAll("/$", "") + "/t/" + TENANT + "/" + SITE + "/" + page;
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

    private static BrowserContext newContext(int width, int height) {
        return java.util.Objects.requireNonNull(browser)
                .newContext(new Browser.NewContextOptions().setViewportSize(width, height));
    }

    private static Page signIn(BrowserContext context, String person) {
        Page page = context.newPage();
        page.navigate(RunningStack.portal());
        page.waitForURL(Pattern.compile(".*/realms/energy-audit/.*"));
        page.fill("#username", person);
        page.fill("#password", "demo");
        page.click("#kc-login");
        page.waitForURL(Pattern.compile(Pattern.quote(RunningStack.portal().replaceAll("/$", "")) + ".*"));
        return page;
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }
}
