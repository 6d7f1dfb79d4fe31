package energy.audit.web.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.ProfilePoint;
import energy.audit.consumption.Progress;
import energy.audit.ingest.IngestIdentity;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Site;
import energy.audit.web.shell.FakeRequest;
import energy.audit.web.shell.Words;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DayWordsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final Words ENGLISH = new Words(FakeRequest.in(Locale.UK));

    @Test
    void theHeadlineNamesTheNumberAndTheMeterThatDrivesIt() {
        DayView view = day(List.of(
                meter("main", "Main", true, 1140, 1000),
                meter("furnace", "Furnace 2", false, 500, 400),
                meter("sand", "Sand plant", false, 220, 200)));
        assertThat(new DayWords(ENGLISH, view).headline())
                .isEqualTo("14 % more electricity than last Monday by this time; most of it is Furnace 2.");
    }

    @Test
    void noMeterIsNamedWhenNoneExplainsTheDifference() {
        DayView view = day(List.of(
                meter("main", "Main", true, 900, 1000),
                meter("a", "A", false, 80, 100),
                meter("b", "B", false, 80, 100)));
        assertThat(new DayWords(ENGLISH, view).headline())
                .isEqualTo("10 % less electricity than last Monday by this time, spread over several meters.");
    }

    @Test
    void aSmallDifferenceIsNoNews() {
        DayView view = day(List.of(meter("main", "Main", true, 1010, 1000)));
        assertThat(new DayWords(ENGLISH, view).headline())
                .isEqualTo("Today runs like last Monday: 1,010 kWh of electricity so far.");
    }

    @Test
    void withoutLastWeekNothingIsCompared() {
        MeterLine main = meter("main", "Main", true, 1010, 0);
        DayView view = day(List.of(main));
        DayWords words = new DayWords(ENGLISH, view);
        assertThat(words.comparable()).isFalse();
        assertThat(words.headline()).isEqualTo("1,010 kWh of electricity so far today.");
    }

    @Test
    void aQuarterHourWithoutDataStaysAGapAndIsNoZero() {
        Instant midnight = MONDAY.atStartOfDay(BERLIN).toInstant();
        List<ProfilePoint> profile = new ArrayList<>();
        profile.add(point(midnight, Optional.of(new BigDecimal("250"))));
        profile.add(point(midnight.plus(Duration.ofMinutes(15)), Optional.empty()));
        profile.add(point(midnight.plus(Duration.ofMinutes(30)), Optional.of(BigDecimal.ZERO)));
        JsonArray measured = values(new DayCharts(ENGLISH, day(List.of(), MONDAY, profile)), "measured");
        assertThat(measured).hasSize(96);
        assertThat(measured.getJsonNumber(0).doubleValue()).isEqualTo(1000);
        assertThat(measured.get(1)).isEqualTo(JsonValue.NULL);
        assertThat(measured.getJsonNumber(2).doubleValue()).isZero();
        assertThat(measured.get(3)).isEqualTo(JsonValue.NULL);
    }

    @Test
    void theDayTheClocksGoBackHasAHundredQuarterHours() {
        assertThat(values(new DayCharts(ENGLISH, day(List.of(), LocalDate.of(2026, 10, 25), List.of())), "measured"))
                .hasSize(100);
        assertThat(values(new DayCharts(ENGLISH, day(List.of(), LocalDate.of(2026, 3, 29), List.of())), "measured"))
                .hasSize(92);
    }

    private static JsonArray values(DayCharts charts, String role) {
        try (JsonReader reader = Json.createReader(new StringReader(charts.power()))) {
            return reader.readObject().getJsonArray("series").getValuesAs(JsonObject.class).stream()
                    .filter(series -> series.getString("role").equals(role))
                    .findFirst()
                    .orElseThrow()
                    .getJsonArray("values");
        }
    }

    private static ProfilePoint point(Instant start, Optional<BigDecimal> kwh) {
        return new ProfilePoint(
                start,
                start.plus(Duration.ofMinutes(15)),
                new EnergyAmount(kwh, kwh.isPresent() ? Quality.MEASURED : Quality.MISSING, kwh.isPresent() ? 1 : 0));
    }

    private static MeterLine meter(String id, String name, boolean boundary, long kwh, long before) {
        return new MeterLine(
                id,
                name,
                "electricity",
                boundary ? "" : "main",
                boundary,
                "foundry-north." + id + ".active-energy-import",
                amount(kwh),
                before == 0 ? new EnergyAmount(Optional.empty(), Quality.MISSING, 0) : amount(before),
                Optional.empty(),
                List.of());
    }

    private static EnergyAmount amount(long kwh) {
        return new EnergyAmount(Optional.of(BigDecimal.valueOf(kwh)), Quality.MEASURED, 1);
    }

    private static DayView day(List<MeterLine> meters) {
        return day(meters, MONDAY, List.of());
    }

    private static DayView day(List<MeterLine> meters, LocalDate day, List<ProfilePoint> profile) {
        Instant now = day.atTime(10, 40).atZone(BERLIN).toInstant();
        return new DayView(
                new Site(SiteId.of("foundry-north"), "Foundry North", BERLIN),
                day,
                true,
                now,
                now,
                Optional.empty(),
                Optional.of(now),
                meters,
                profile,
                List.of(),
                List.of(),
                new Progress(0, 0, 0, Optional.empty(), Optional.empty()),
                new IngestIdentity(0, 0, 0, 0, 0, List.of()),
                0);
    }
}
