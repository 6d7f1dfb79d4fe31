package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An indicator in a real browser: the demo's proposal is approved by a person, then stopped by a changed static factor. */
class EnpiInABrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SHOTS = RunningStack.TOP.resolve("integration-tests/target/screenshots");

    @Test
    void aProposedBaselineIsApprovedShowsSavingsAndAChangedStaticFactorStopsThem() {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine: the indicator's page is not tested");
        RunningStack.ensureReady();
        String site = RunningStack.portal().replaceAll("/$", "") + "/t/demo-castings/foundry-north/";
        try (Playwright playwright = Playwright.create();
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
            Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1380, 900))
                    .newPage();
            List<String> complaints = new ArrayList<>();
            List<String> posts = new ArrayList<>();
            page.onRequest(request -> {
                if (request.method().equals("POST") && request.url().contains("/data/")) {
                    posts.add(request.url().replaceFirst(".*/data", ""));
                }
            });
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
            page.navigate(RunningStack.portal());
            page.waitForURL(Pattern.compile(".*/realms/energy-audit/.*"));
            page.fill("#username", "emma");
            page.fill("#password", "demo");
            page.click("#kc-login");
            page.waitForURL(Pattern.compile(".*/t/.*"));
            Awaitility.await("the demo's indicator is proposed")
                    .pollInSameThread()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        page.navigate(site + "performance");
                        return page.locator("main").innerText().contains("Electricity for melting");
                    });
            shoot(page, "performance");
            page.navigate(site + "enpi?id=melting-electricity");
            assertThat(page.locator("h1").innerText()).contains("no approved baseline");
            page.fill("#history input[name=reason]", "Statistics and static factors checked");
            page.click("#history button:has-text('Approve')");
            page.waitForSelector("#model");
            shoot(page, "enpi");
            assertThat(page.locator("#history").innerText()).contains("emma").contains("approved, in force");
            assertThat(page.locator("#model").innerText()).contains("R²").contains("tonnes");
            assertThat(page.locator("main canvas").count()).isGreaterThanOrEqualTo(1);

            page.fill("#factor-value", "3");
            page.fill("#factor-since", "2026-01-01");
            page.fill("#factor-reason", "A third furnace was started");
            page.click("#factors button[type=submit]");
            page.waitForSelector("#close-reason");
            shoot(page, "enpi-review");
            assertThat(page.locator("h1").innerText()).contains("a review is open");
            assertThat(page.locator("#claim").innerText())
                    .contains("A third furnace was started")
                    .contains("energy manager or consultant");
            assertThat(posts).as("each form is sent once").hasSize(2).doesNotHaveDuplicates();
            assertThat(complaints).isEmpty();
        }
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }
}
