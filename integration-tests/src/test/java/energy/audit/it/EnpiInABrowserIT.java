package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An indicator in a real browser: the demo's proposal is approved by a person, then stopped by a changed static factor. */
class EnpiInABrowserIT {
    @Test
    void aProposedBaselineIsApprovedShowsSavingsAndAChangedStaticFactorStopsThem() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            String site = PortalBrowser.portal() + "/t/demo-castings/foundry-north/";
            Page page = browser.signIn("emma");
            Awaitility.await("the demo's indicator is proposed")
                    .pollInSameThread()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        page.navigate(site + "performance");
                        return page.locator("main").innerText().contains("Electricity for melting");
                    });
            PortalBrowser.shoot(page, "performance");
            page.navigate(site + "enpi?id=melting-electricity");
            assertThat(page.locator("h1").innerText()).contains("no approved baseline");
            page.fill("#history input[name=reason]", "Statistics and static factors checked");
            page.click("#history button:has-text('Approve')");
            page.waitForSelector("#model");
            PortalBrowser.shoot(page, "enpi");
            assertThat(page.locator("#history").innerText()).contains("emma").contains("approved, in force");
            assertThat(page.locator("#model").innerText()).contains("R²").contains("tonnes");
            assertThat(page.locator("main canvas").count()).isGreaterThanOrEqualTo(1);

            assertThat(page.locator("#diagnosis").innerText())
                    .contains("VIF tonnes")
                    .contains("Durbin–Watson");
            SameDigits.check(page, "melting-electricity");

            String from = page.inputValue("#from");
            page.fill("#adjust-factor", "spring cleaning");
            page.fill("#adjust-from", from);
            page.fill("#adjust-to", from);
            page.fill("#adjust-energy", "-250.5");
            page.fill("#adjust-method", "nameplate power times hours");
            page.fill("#adjust-evidence", "folder 7");
            page.click("#adjust button[type=submit]");
            page.waitForSelector("[id='adjusted']:has-text('spring cleaning')");
            assertThat(page.locator("[id='adjusted']").innerText()).contains("waits for approval");
            page.fill("[id='adjusted'] input[name=reason]", "I say so myself");
            page.click("[id='adjusted'] button:has-text('Approve')");
            page.waitForSelector("[id='adjusted'] .said.bad");
            assertThat(page.locator("[id='adjusted'] .said").innerText()).contains("nobody approves an own proposal");
            String claim = page.locator("#claim").innerText();
            assertThat(claim.contains("No savings are claimed") || claim.contains("1 wait"))
                    .as(claim)
                    .isTrue();

            page.fill("#factor-value", "3");
            page.fill("#factor-since", "2026-01-01");
            page.fill("#factor-reason", "A third furnace was started");
            page.click("#factors button[type=submit]");
            page.waitForSelector("#close-reason");
            PortalBrowser.shoot(page, "enpi-review");
            assertThat(page.locator("h1").innerText()).contains("a review is open");
            assertThat(page.locator("#claim").innerText())
                    .contains("A third furnace was started")
                    .contains("energy manager or consultant");
            assertThat(browser.posts()).as("each form is sent once").hasSize(4).doesNotHaveDuplicates();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
