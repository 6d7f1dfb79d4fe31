package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Cost, carbon and gaps in a real browser, beside what REST says of the same. */
class CostAndGapPagesIT {
    private static final String SITE = "/t/demo-castings/foundry-north/";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Test
    void costAndEmissionsOnThePageAreThoseOfRestAndABadTableIsExplained() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            String period = workdays();
            Page page = browser.signIn("emma");
            page.navigate(PortalBrowser.portal() + SITE + "costs?" + period);
            page.waitForSelector("h1");
            JsonNode electricity = supply(period, "electricity");
            assertThat(page.locator(".figure").first().innerText())
                    .contains(grouped(total(period)))
                    .contains("EUR");
            assertThat(page.locator("[id='bill']").innerText())
                    .contains(grouped(new BigDecimal(
                            electricity.path("lines").get(0).path("amount").asText())));
            JsonNode emissions = RunningStack.getJson("/tenants/demo-castings/emissions?site=foundry-north&" + period);
            assertThat(emissions.path("gaps")).isEmpty();
            BigDecimal location = new BigDecimal(
                    emissions.path("scope2Location").path("kgCo2e").asText());
            assertThat(page.locator(".figures").innerText())
                    .contains(location.movePointLeft(3)
                            .setScale(1, RoundingMode.HALF_EVEN)
                            .toPlainString());
            assertThat(page.locator("[id='emissions']").innerText()).contains("Umweltbundesamt");
            PortalBrowser.shootAll(page, "costs");

            page.fill("#table-id", "supply-gas");
            page.selectOption("#table-kind", "tariff");
            page.selectOption("#table-energy", "gas");
            page.fill("#table-currency", "EUR");
            page.fill("#table-source", "simulated contract, second amendment");
            page.fill("#table-reason", "New price from the supplier");
            String head = "tariff,from,until,kind,name,months,days,hours,price\n";
            page.fill("#table-csv", head + "2025,2025-01-01,2028-01-01,energy,all,,,,0;0601\n");
            page.click("#enter button[type=submit]");
            page.waitForSelector("#enter .said.bad");
            assertThat(page.locator("#enter .said").innerText()).contains("line 2, column price");
            page.fill("#table-csv", head + "2025,2025-01-01,2028-01-01,energy,all,,,,0.0601\n");
            page.click("#enter button[type=submit]");
            page.waitForSelector("#tables:has-text('second amendment')");
            assertThat(page.locator("#tables").innerText()).contains("replaced by a later entry");
            assertThat(supply(period, "gas").path("lines").get(0).path("price").asText())
                    .isEqualTo("0.0601");
            assertThat(browser.posts()).hasSize(2);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anOperatorSignsForAGapOnlyWhereThereAreNoReadingsAndTakesItBack() {
        try (PortalBrowser browser = PortalBrowser.open()) {
            Page page = browser.signIn("otto");
            page.navigate(PortalBrowser.portal() + SITE + "gaps?days=7");
            page.waitForSelector("#sign");
            LocalDate day = LocalDate.now(Clock.system(ZONE)).minusDays(3);
            sign(page, day + "T08:00", day + "T10:00", "I guess");
            page.waitForSelector("#sign .said.bad");
            assertThat(page.locator("#sign .said").innerText()).contains("was read in it");
            sign(page, "2020-02-03T08:00", "2020-02-05T10:00", "The meter was not installed yet");
            page.waitForSelector("[id='signed']:has-text('not installed yet')");
            assertThat(page.locator("[id='signed']").innerText())
                    .contains("otto")
                    .contains("counts");
            PortalBrowser.shootAll(page, "gaps");
            page.fill("[id='signed'] input[name=reason]", "It was another meter");
            page.click("[id='signed'] button");
            page.waitForSelector("[id='signed']:has-text('takes back')");
            assertThat(browser.complaints()).isEmpty();

            Page reader = browser.signIn("anna");
            reader.navigate(PortalBrowser.portal() + SITE + "gaps");
            reader.waitForSelector("h1");
            assertThat(reader.locator("#sign").count()).isZero();
            assertThat(reader.locator("[id='signed']").innerText()).contains("It was another meter");
        }
    }

    /** Two days of the last weeks on which the foundry burnt gas: at weekends and in works holidays it burns none. */
    private static String workdays() {
        LocalDate today = LocalDate.now(Clock.system(ZONE));
        for (int back = 3; back < 29; back++) {
            String period = "from=" + today.minusDays(back) + "&to=" + today.minusDays(back - 1L);
            for (JsonNode line : supply(period, "gas").path("lines")) {
                if (line.path("name").asText().equals("all")) {
                    return period;
                }
            }
        }
        throw new AssertionError("the foundry burnt no gas in four weeks");
    }

    private static void sign(Page page, String from, String to, String reason) {
        page.fill("#gap-from", from);
        page.fill("#gap-to", to);
        page.fill("#gap-reason", reason);
        page.click("#sign button[type=submit]");
    }

    private static JsonNode supply(String period, String source) {
        for (JsonNode supply : RunningStack.getJson("/tenants/demo-castings/costs?site=foundry-north&" + period)
                .path("items")) {
            if (supply.path("energySource").asText().equals(source)) {
                return supply;
            }
        }
        throw new AssertionError("no cost of " + source);
    }

    private static BigDecimal total(String period) {
        return new BigDecimal(supply(period, "electricity").path("total").asText())
                .add(new BigDecimal(supply(period, "gas").path("total").asText()))
                .setScale(0, RoundingMode.HALF_EVEN);
    }

    /** As the English page shows it. */
    private static String grouped(BigDecimal number) {
        return new DecimalFormat(
                        number.scale() == 0 ? "#,##0" : "#,##0.00", DecimalFormatSymbols.getInstance(Locale.ENGLISH))
                .format(number);
    }
}
