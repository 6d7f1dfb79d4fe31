package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The portal in a real browser. Screenshots stay under {@code target/screenshots}. */
class PortalInABrowserIT {
    @Test
    void anEnergyManagerSignsInSeesTheSiteLiveAndSignsOut() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("emma");
            page.navigate(PortalBrowser.portal() + "/t/demo-castings/foundry-north/today");
            page.waitForSelector("h1");
            assertThat(page.locator("h1").first().innerText()).isNotBlank();
            page.waitForSelector("main canvas");
            String body = page.locator("body").innerText();
            assertThat(body).contains("Foundry North").contains("kWh").contains("kW");
            PortalBrowser.shoot(page, "today-foundry-north");
            // updates without reload: the text of the page changes by itself
            String before = page.locator("main").innerText();
            // asked from outside: the page's own policy lets nobody evaluate text as script
            Awaitility.await("the page changes by itself")
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(45))
                    .until(() -> !page.locator("main").innerText().equals(before));
            page.setViewportSize(360, 780);
            PortalBrowser.shoot(page, "today-foundry-north-narrow");
            page.setViewportSize(1380, 900);
            page.click("details.person summary");
            page.click("details.person button[type=submit]");
            page.waitForURL(Pattern.compile(".*/signed-out.*"));
            PortalBrowser.shoot(page, "signed-out");
            page.navigate(RunningStack.portal());
            page.waitForURL(Pattern.compile(".*/realms/energy-audit/.*"));
            assertThat(page.locator("#username").isVisible())
                    .as("asked to sign in again")
                    .isTrue();
        }
    }

    @Test
    void everyPageOfTheNavigationOpensWithoutAnErrorOfScriptOrPolicy() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("emma");
            List<String> complaints = new java.util.ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(page.url() + ": " + message.text());
                }
            });
            for (String name :
                    List.of("today", "energy", "performance", "costs", "gaps", "evidence", "sites", "agents")) {
                var answer = page.navigate(PortalBrowser.portal() + "/t/demo-castings/cold-store/" + name);
                assertThat(answer.status()).as(name).isEqualTo(200);
                page.waitForSelector("h1");
                PortalBrowser.shoot(page, "page-" + name);
            }
            assertThat(complaints).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anAddressForHeadsOfTheLogIsAddedOnceAndListedAndABadOneIsExplained() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("emma");
            page.navigate(PortalBrowser.portal() + "/t/demo-castings/cold-store/evidence");
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
            assertThat(browser.posts()).hasSize(2).allMatch(post -> post.endsWith("/log/recipients"));
            PortalBrowser.shoot(page, "evidence-recipient");
        }
    }

    @Test
    void whoHasNoGrantForATenantSeesNothingOfIt() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("hugo");
            int status = page.navigate(PortalBrowser.portal() + "/t/demo-castings/foundry-north/today")
                    .status();
            assertThat(status).isIn(403, 404);
            assertThat(page.locator("body").innerText()).doesNotContain("Furnace");
        }
    }

    @Test
    void theEvidencePageShowsThatNothingThatWasSentIsMissing() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("anna");
            page.navigate(PortalBrowser.portal() + "/t/demo-castings/foundry-north/evidence");
            page.waitForSelector("h1");
            PortalBrowser.shoot(page, "evidence");
            assertThat(page.locator("main").innerText().toLowerCase(java.util.Locale.ROOT))
                    .contains("stored")
                    .contains("duplicate")
                    .contains("quarantined");
        }
    }
}
