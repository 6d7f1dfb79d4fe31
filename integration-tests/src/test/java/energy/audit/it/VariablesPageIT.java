package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Relevant variables and excluded points in a real browser, beside what REST says of the same. */
class VariablesPageIT {
    private static final String SITE = "/t/demo-castings/foundry-north/";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final LocalDate day = LocalDate.now(Clock.system(ZONE)).minusDays(5);

    @Test
    void aFileWithABadRowIsRefusedWithRowAndReasonAndCorrectedOnThePage() throws Exception {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("emma");
            page.navigate(PortalBrowser.portal() + SITE + "variables");
            page.waitForSelector("#import-production");
            Path file = Files.writeString(
                    Files.createTempFile("production", ".csv"),
                    "variable,unit,from,to,value\nmoulds,pieces," + day + "," + day + ",4O\nmoulds,pieces,"
                            + day.plusDays(2) + "," + day.plusDays(2) + ",52\n");
            page.setInputFiles("#production-file", file);
            page.fill("#production-source", "erp");
            page.fill("#production-id", "portal-1");
            page.click("#import-production button[type=submit]");
            page.waitForSelector("#import-production .said.bad");
            assertThat(page.locator("#import-production .said").innerText())
                    .contains("2, value")
                    .contains("4O");
            assertThat(page.inputValue("#production-csv")).as("nothing is lost").contains("4O");

            page.fill("#production-csv", page.inputValue("#production-csv").replace("4O", "40"));
            page.click("#import-production button[type=submit]");
            page.waitForSelector("[id='deliveries']:has-text('portal-1')");
            assertThat(page.locator("[id='sources']").innerText())
                    .contains("moulds")
                    .contains("pieces");
            assertThat(page.locator("[id='deliveries']").innerText()).contains("emma");
            page.navigate(PortalBrowser.portal() + SITE + "variables?source=production:moulds&from=" + day + "&to="
                    + day.plusDays(2));
            page.waitForSelector("[id='course'], figure");
            assertThat(page.locator("figure figcaption").first().textContent())
                    .as("the day between is missing, not zero")
                    .contains("2 of 3 intervals have a value");
            PortalBrowser.shootAll(page, "variables");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aPointIsKeptOutOfModelsWithAReasonAndTakenInAgain() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("emma");
            String enpi = PortalBrowser.portal() + "/t/demo-castings/foundry-north/enpi?id=melting-electricity";
            Awaitility.await("the demo's indicator is proposed")
                    .pollInSameThread()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        page.navigate(enpi);
                        return page.locator("#points").count() == 1;
                    });
            page.fill("#point-day", day.toString());
            page.fill("#point-reason", "A warning strike");
            page.click("#points form.fields button[type=submit]");
            page.waitForSelector("[id='excluded']:has-text('A warning strike')");
            assertThat(page.locator("[id='excluded']").innerText()).contains("emma");
            PortalBrowser.shootAll(page, "enpi-points");
            JsonNode standing = RunningStack.getJson("/tenants/demo-castings/enpis/melting-electricity");
            assertThat(standing.path("excluded").get(0).path("day").asText()).isEqualTo(day.toString());

            page.fill("[id='excluded'] input[name=reason]", "The furnaces ran as on any day");
            page.click("[id='excluded'] button[type=submit]");
            page.waitForSelector("dd:has-text('The furnaces ran as on any day')");
            assertThat(page.locator("[id='excluded']").count()).isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
