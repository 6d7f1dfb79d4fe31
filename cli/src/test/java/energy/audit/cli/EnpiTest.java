package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnpiTest {
    private static final Path PUBLISHED = Path.of("../../shared/data");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path months;

    /** Three years of months: the third needs a tenth less. */
    @BeforeEach
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("month,kWh,pieces,hdd");
        for (int i = 0; i < 36; i++) {
            double pieces = 1000 + 37 * (i * 7 % 12);
            double hdd = Math.max(0, 300 - 55 * Math.abs(6 - i % 12));
            double energy = (5000 + 3 * pieces + 4 * hdd + (i % 2 == 0 ? 11 : -11)) * (i < 24 ? 1 : 0.9);
            lines.add("%d-%02d,%s,%s,%s".formatted(2023 + i / 12, i % 12 + 1, energy, pieces, hdd));
        }
        months = Files.write(folder.resolve("months.csv"), lines);
    }

    @Test
    void aFitPrintsTheDocumentOfItsFaceAndNothingElse() throws IOException {
        Call fit = fit("--from", "2023-01-01", "--to", "2023-12-31", "--json");
        assertThat(fit.status()).as(fit.err()).isZero();
        JsonNode model = fit.json();
        assertThat(model.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly(
                        "n",
                        "k",
                        "intercept",
                        "variables",
                        "rSquared",
                        "adjustedRSquared",
                        "f",
                        "fPValue",
                        "residualStandardDeviation",
                        "cvRmse",
                        "nmbe",
                        "autocorrelationLag1",
                        "durbinWatson",
                        "valid",
                        "reasons");
        assertThat(model.path("n").asInt()).isEqualTo(12);
        assertThat(model.path("variables").path(0).path("name").asText()).isEqualTo("pieces");
        assertThat(model.path("variables").path(0).path("estimate").asDouble()).isCloseTo(3, within(0.2));
        assertThat(model.path("variables").path(1).path("max").asDouble()).isEqualTo(300);
        assertThat(model.path("valid").asBoolean()).isTrue();
        assertThat(model.path("reasons")).isEmpty();
    }

    @Test
    void anInvalidModelIsShownWithReasonsAndStatusOne() throws IOException {
        Files.write(folder.resolve("noise.csv"), List.of("y,x", "3,1", "1,2", "4,3", "1,4", "5,5", "2,6"));
        Call fit = Call.of(
                "enpi",
                "fit",
                "--data",
                folder.resolve("noise.csv").toString(),
                "--energy",
                "y",
                "--variables",
                "x",
                "--json");
        assertThat(fit.status()).isEqualTo(1);
        assertThat(fit.json().path("valid").asBoolean()).isFalse();
        assertThat(fit.json().path("reasons")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(fit.err()).contains("6 observations are few");
    }

    @Test
    void aModelThroughZeroHasNoIntercept() throws IOException {
        JsonNode model = fit("--no-intercept", "--json").json();
        assertThat(model.path("intercept").isNull()).isTrue();
        assertThat(model.path("n").asInt()).isEqualTo(36);
    }

    @Test
    void nistPontiusIsMetToElevenDigitsThroughTheCommand() throws IOException {
        Path file = published("nist_strd/pontius.csv");
        JsonNode model = Call.of(
                        "enpi",
                        "fit",
                        "--data",
                        file.toString(),
                        "--energy",
                        "y",
                        "--variables",
                        "x",
                        "--degree",
                        "2",
                        "--json")
                .json();
        assertThat(model.path("variables").path(1).path("name").asText()).isEqualTo("x^2");
        assertThat(model.path("variables").path(1).path("estimate").asDouble())
                .isCloseTo(-0.316081871345029E-14, withinPercentage(1e-9));
        assertThat(model.path("residualStandardDeviation").asDouble())
                .isCloseTo(0.205177424076185E-03, withinPercentage(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forecast", "backcast", "standard-conditions"})
    void aTenthLessEnergyIsFoundByEveryMethod(String method) throws IOException {
        Call savings = savings(method, "2024-01-01..2024-12-31", "2025-01-01..2025-12-31");
        assertThat(savings.status()).as(savings.err() + savings.out()).isZero();
        JsonNode result = savings.json();
        assertThat(result.path("method").asText()).isEqualTo(method);
        assertThat(result.path("improvementPercent").asDouble()).isCloseTo(10, within(0.3));
        assertThat(result.path("senpi").asDouble()).isCloseTo(0.9, within(0.003));
        assertThat(result.path("savings").asDouble())
                .isCloseTo(
                        result.path("adjustedBaseline").asDouble()
                                - result.path("actual").asDouble(),
                        within(1e-6));
        assertThat(result.path("uncertainty").path("confidence").asDouble()).isEqualTo(0.9);
        assertThat(result.path("uncertainty").path("absolute").asDouble())
                .isCloseTo(
                        result.path("uncertainty").path("relative").asDouble()
                                * result.path("savings").asDouble(),
                        withinPercentage(1e-6));
        assertThat(result.path("baselineModel").isNull()).isEqualTo("backcast".equals(method));
        assertThat(result.path("reportingModel").isNull()).isEqualTo("forecast".equals(method));
    }

    @Test
    void chainingFitsItsModelBetweenThePeriods() throws IOException {
        JsonNode result = savings("chaining", "2023..2023", "2025..2025").json();
        assertThat(result.path("improvementPercent").asDouble()).isCloseTo(10, within(0.3));
        Call adjacent = savings("chaining", "2024..2024", "2025..2025");
        assertThat(adjacent.status()).isEqualTo(2);
        assertThat(adjacent.err()).contains("has no period between").contains("--model");
    }

    @Test
    void theAcmePlantsTwoSourcesAddUpInPrimaryEnergy() throws IOException {
        Path file = published("sep/acme_minneapolis_input.csv");
        Call savings = Call.of(
                "enpi",
                "savings",
                "--data",
                file.toString(),
                "--energy",
                "Electricity (MMBTU)",
                "--variables",
                "Production,CDD",
                "--energy",
                "Natural Gas (MMBTU)",
                "--variables",
                "Production,HDD",
                "--baseline",
                "2007-01-01..2007-12-31",
                "--reporting",
                "2009-01-01..2009-12-31",
                "--method",
                "forecast",
                "--json");
        assertThat(savings.json().path("senpi").asDouble()).isCloseTo(0.904966, within(5e-7));
        assertThat(savings.json().path("baselineModel")).hasSize(2);
    }

    @Test
    void primaryAndSiteEnergyStandInOneResult() throws IOException {
        Path file = published("sep/acme_minneapolis_input.csv");
        JsonNode result = Call.of(
                        "enpi",
                        "savings",
                        "--data",
                        file.toString(),
                        "--energy",
                        "Electricity (MMBTU)",
                        "--variables",
                        "Production,CDD",
                        "--primary-factor",
                        "1.5",
                        "--energy",
                        "Natural Gas (MMBTU)",
                        "--variables",
                        "Production,HDD",
                        "--primary-factor",
                        "1",
                        "--baseline",
                        "2007-01-01..2007-12-31",
                        "--reporting",
                        "2009-01-01..2009-12-31",
                        "--method",
                        "forecast",
                        "--unit",
                        "MMBtu",
                        "--uncounted",
                        "diesel=100000",
                        "--json")
                .json();
        assertThat(result.path("energy").asText()).isEqualTo("primary");
        assertThat(result.path("siteEnergy").path("senpi").asDouble()).isCloseTo(0.904966, within(5e-7));
        assertThat(result.path("senpi").asDouble())
                .isNotEqualTo(result.path("siteEnergy").path("senpi").asDouble());
        assertThat(result.path("valid").asBoolean()).isFalse();
        assertThat(result.path("reasons").toString())
                .contains("must make 95.00 %")
                .contains("diesel");
        assertThat(result.path("meaning").get(1).asText())
                .startsWith("With 90 % confidence the true savings lie between");
        assertThat(result.path("cusum").path("points")).hasSize(12);
        assertThat(result.path("cusum").path("points").get(11).path("sum").asDouble())
                .isCloseTo(-result.path("savings").asDouble(), within(1e-6));
    }

    @Test
    void eventsAreMarkedAndOnlyApprovedAdjustmentsCount() throws IOException {
        Path events = folder.resolve("events.csv");
        Files.writeString(events, "date,event\n2025-04-10,furnace relined\n2020-01-01,long ago\n");
        Path adjustments = folder.resolve("adjustments.csv");
        Files.writeString(
                adjustments,
                "static factor,before,after,from,until,energy,method,evidence,proposed by,approved by\n"
                        + "paint shop,none,one,2025-03-01,2025-12-31,100,metered,file 7,emma,carl\n"
                        + "third shift,no,yes,2025-03-01,2025-12-31,9999,metered,file 8,emma,\n");
        JsonNode result = savings(
                        "forecast",
                        "2024..2024",
                        "2025..2025",
                        "--events",
                        events.toString(),
                        "--adjustments",
                        adjustments.toString())
                .json();
        assertThat(result.path("cusum")
                        .path("points")
                        .get(3)
                        .path("events")
                        .get(0)
                        .asText())
                .isEqualTo("furnace relined");
        assertThat(result.path("cusum").path("eventsOutside").get(0).asText()).isEqualTo("long ago");
        assertThat(result.path("adjusted").path("savings").asDouble())
                .isCloseTo(result.path("savings").asDouble() + 100, within(1e-6));
        assertThat(result.path("adjusted").path("waitingForApproval").get(0).asText())
                .isEqualTo("third shift");
    }

    @Test
    void aBadCellIsNamedByFileRowColumnAndCause() throws IOException {
        Path file =
                Files.write(folder.resolve("bad.csv"), List.of("date,kWh,t", "2025-01-01,5,1", "2025-01-02,5 kWh,2"));
        Call fit = Call.of("enpi", "fit", "--data", file.toString(), "--energy", "kWh", "--variables", "t");
        assertThat(fit.status()).isEqualTo(2);
        assertThat(fit.out()).isEmpty();
        assertThat(fit.err()).contains("bad.csv, row 3, column kWh").contains("'5 kWh' is no number");
        Files.write(file, List.of("date,kWh,t", "2025-01-01,,1", "2025-01-02,5,2"));
        assertThat(Call.of("enpi", "fit", "--data", file.toString(), "--energy", "kWh", "--variables", "t")
                        .err())
                .contains("row 2, column kWh")
                .contains("the cell is empty");
    }

    @Test
    void aColumnThatIsNotThereIsAnsweredWithThoseThatAre() {
        Call fit = Call.of("enpi", "fit", "--data", months.toString(), "--energy", "gas", "--variables", "hdd");
        assertThat(fit.status()).isEqualTo(2);
        assertThat(fit.err()).contains("no column 'gas'").contains("month, kWh, pieces, hdd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-01", "2024-13..2025-01", "2025..2024", "2024..2025"})
    void aPeriodThatIsNoneOrOverlapsIsRefused(String baseline) {
        Call savings = savings("forecast", baseline, "2025-01-01..2025-12-31");
        assertThat(savings.status()).isEqualTo(2);
        assertThat(savings.err()).contains("--baseline");
    }

    @Test
    void aPeriodWithoutRowsNamesWhatTheFileHas() {
        Call savings = savings("forecast", "2013..2013", "2025..2025");
        assertThat(savings.status()).isEqualTo(2);
        assertThat(savings.err()).contains("has no row in 2013..2013").contains("from 2023-01 to 2025-12");
    }

    @Test
    void quotedCellsAndBlankLinesAreRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("q.csv"),
                "\ufeffdate,\"energy, \"\"kWh\"\"\",t\r\n2025-01-01,5,1\r\n\r\n2025-01-02,\"9\",2\r\n2025-01-03,12,3\r\n");
        Call fit = Call.of(
                "enpi", "fit", "--data", file.toString(), "--energy", "energy, \"kWh\"", "--variables", "t", "--json");
        assertThat(fit.out()).as(fit.err()).contains("\"n\": 3");
    }

    private Call fit(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("enpi", "fit", "--data", months.toString(), "--energy", "kWh", "--variables", "pieces,hdd"));
        arguments.addAll(List.of(more));
        return Call.of(arguments.toArray(String[]::new));
    }

    private Call savings(String method, String baseline, String reporting, String... more) {
        List<String> arguments = new ArrayList<>(List.of("enpi", "savings", "--data", months.toString()));
        arguments.addAll(List.of("--energy", "kWh", "--variables", "pieces,hdd", "--baseline", baseline));
        arguments.addAll(List.of("--reporting", reporting, "--method", method, "--json"));
        arguments.addAll(List.of(more));
        return Call.of(arguments.toArray(String[]::new));
    }

    private static Path published(String name) {
        Path file = PUBLISHED.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "published case " + file + " is absent, so not tested here");
        return file;
    }
}
