package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The portal in a real browser. Screenshots stay under {@code target/screenshots}. */
class PortalInABrowserIT {
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
    void anEnergyManagerSignsInSeesTheSiteLiveAndSignsOut() {
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "emma");
            page.navigate(RunningStack.portal().replaceAll("/$", "") + "/t/demo-castings/foundry-north/today");
            page.waitForSelector("h1");
            assertThat(page.locator("h1").first().innerText()).isNotBlank();
            page.waitForSelector("main canvas");
            String body = page.locator("body").innerText();
            assertThat(body).contains("Foundry North").contains("kWh").contains("kW");
            shoot(page, "today-foundry-north");
            // updates without reload: the text of the page changes by itself
            String before = page.locator("main").innerText();
            // asked from outside: the page's own policy lets nobody evaluate text as script
            Awaitility.await("the page changes by itself")
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(45))
                    .until(() -> !page.locator("main").innerText().equals(before));
            page.setViewportSize(360, 780);
            shoot(page, "today-foundry-north-narrow");
            page.setViewportSize(1380, 900);
            page.click("details.person summary");
            page.click("details.person button[type=submit]");
            page.waitForURL(Pattern.compile(".*/signed-out.*"));
            shoot(page, "signed-out");
            page.navigate(RunningStack.portal());
            page.waitForURL(Pattern.compile(".*/realms/energy-audit/.*"));
            assertThat(page.locator("#username").isVisible())
                    .as("asked to sign in again")
                    .isTrue();
        }
    }

    @Test
    void everyPageOfTheNavigationOpensWithoutAnErrorOfScriptOrPolicy() {
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "emma");
            List<String> complaints = new java.util.ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(page.url() + ": " + message.text());
                }
            });
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
            for (String name : List.of("today", "energy", "performance", "evidence", "sites", "agents")) {
                var answer = page.navigate(
                        RunningStack.portal().replaceAll("/$", "") + "/t/demo-castings/cold-store/" + name);
                assertThat(answer.status()).as(name).isEqualTo(200);
                page.waitForSelector("h1");
                shoot(page, "page-" + name);
            }
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void anAddressForHeadsOfTheLogIsAddedOnceAndListedAndABadOneIsExplained() {
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "emma");
            List<String> posts = new java.util.ArrayList<>();
            page.onRequest(request -> {
                if (request.method().equals("POST") && request.url().endsWith("/log/recipients")) {
                    posts.add(request.url());
                }
            });
            page.navigate(RunningStack.portal().replaceAll("/$", "") + "/t/demo-castings/cold-store/evidence");
            page.fill("#recipient", "two@signs@auditor.example");
            page.locator("form[data-send]").evaluate("form => form.noValidate = true");
            page.click("form[data-send] button[type=submit]");
            page.waitForSelector("form[data-send] .said.bad");
            assertThat(page.locator("form[data-send] .said").innerText())
                    .contains("it is none")
                    .contains("name@place");
            page.fill("#recipient", "anna@auditor.example");
            page.click("form[data-send] button[type=submit]");
            page.waitForSelector("#holders:has-text('anna@auditor.example')");
            assertThat(page.locator("#holders").innerText())
                    .containsOnlyOnce("anna@auditor.example")
                    .contains("by mail, daily");
            assertThat(posts).hasSize(2);
            shoot(page, "evidence-recipient");
        }
    }

    @Test
    void whoHasNoGrantForATenantSeesNothingOfIt() {
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "hugo");
            int status = page.navigate(
                            RunningStack.portal().replaceAll("/$", "") + "/t/demo-castings/foundry-north/today")
                    .status();
            assertThat(status).isIn(403, 404);
            assertThat(page.locator("body").innerText()).doesNotContain("Furnace");
        }
    }

    @Test
    void theEvidencePageShowsThatNothingThatWasSentIsMissing() {
        try (BrowserContext context = newContext(1380, 900)) {
            Page page = signIn(context, "anna");
            page.navigate(RunningStack.portal().replaceAll("/$", "") + "/t/demo-castings/foundry-north/evidence");
            page.waitForSelector("h1");
            shoot(page, "evidence");
            assertThat(page.locator("main").innerText().toLowerCase(java.util.Locale.ROOT))
                    .contains("stored")
                    .contains("duplicate")
                    .contains("quarantined");
        }
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
