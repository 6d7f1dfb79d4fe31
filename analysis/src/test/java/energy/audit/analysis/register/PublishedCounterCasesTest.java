package energy.audit.analysis.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.analysis.Published;
import energy.audit.analysis.register.RegisterEvent.Kind;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every case of {@code meters/counter_cases.json} through {@link RegisterTimeline}. Counts are tenths, so that each printed
 * number is whole; readings of cases without times are a minute apart.
 */
class PublishedCounterCasesTest {
    private static final String CASES = "meters/counter_cases.json";
    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

    @Test
    void noPublishedCaseIsLeftOut() throws IOException {
        Set<String> ids = new HashSet<>();
        Published.json(CASES)
                .path("cases")
                .forEach(one -> ids.add(one.path("id").asText()));
        assertThat(ids)
                .containsExactlyInAnyOrder(
                        "plain",
                        "rollover-u32",
                        "rollover-6digit-kWh",
                        "zero-glitch",
                        "true-reset",
                        "exchange",
                        "gap-prorated",
                        "float32-stall",
                        "ct-factor",
                        "dst-spring-Berlin",
                        "dst-autumn-Berlin",
                        "dst-autumn-LordHowe",
                        "dst-spring-LordHowe");
    }

    @Test
    void plainReadingsAreTheirDifferences() throws IOException {
        Consumption consumption = steps(published("plain"));
        assertDeltas(consumption, published("plain"));
        assertThat(consumption.intervals())
                .extracting(IntervalConsumption::quality)
                .containsOnly(Quality.MEASURED);
        assertThat(consumption.events()).isEmpty();
    }

    @Test
    void aRolloverAddsTheModulus() throws IOException {
        for (String id : List.of("rollover-u32", "rollover-6digit-kWh")) {
            Consumption consumption = steps(published(id));
            assertDeltas(consumption, published(id));
            assertThat(kinds(consumption)).as(id).containsExactly(Kind.ROLLOVER);
        }
    }

    /**
     * The case gives the delta of the reading after the glitch over both steps. Our intervals end where they end: the
     * boundary at the glitch is interpolated, both halves are estimated and add up to the published delta.
     */
    @Test
    void aZeroGlitchBooksNothingAndTheBoundaryAtItIsEstimated() throws IOException {
        JsonNode published = published("zero-glitch");
        Consumption consumption = steps(published);
        assertThat(published.path("deltas").get(0).isNull()).isTrue();
        assertThat(consumption.total()).hasValue(tenths(published.path("deltas").get(1)));
        assertThat(consumption.intervals())
                .extracting(IntervalConsumption::quality)
                .containsOnly(Quality.ESTIMATED);
        assertThat(kinds(consumption)).containsExactly(Kind.ZERO_GLITCH);
    }

    /**
     * The case gives no delta for the step of the reset, since what was consumed before it is unknown. Ours is what was
     * counted since the reset, as a lower bound that is marked partial: it is never shown as measured, and never lost.
     */
    @Test
    void whatWasConsumedBeforeAResetIsUnknownAndTheRestIsCounted() throws IOException {
        JsonNode published = published("true-reset");
        Consumption consumption = steps(published);
        assertThat(published.path("deltas").get(0).isNull()).isTrue();
        IntervalConsumption reset = consumption.intervals().get(0);
        assertThat(reset.quality()).isEqualTo(Quality.PARTIAL);
        assertThat(reset.counts()).as("the register's count since the reset").hasValue(0);
        for (int i = 1; i < 3; i++) {
            assertThat(consumption.intervals().get(i).counts())
                    .hasValue(tenths(published.path("deltas").get(i)));
            assertThat(consumption.intervals().get(i).quality()).isEqualTo(Quality.MEASURED);
        }
        assertThat(consumption.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.RESET);
            assertThat(event.detail()).contains("unknown");
        });
    }

    @Test
    void anExchangeGoesOnFromTheOldMetersLastCountToTheNewMetersFirst() throws IOException {
        JsonNode published = published("exchange");
        JsonNode reads = published.path("reads");
        Instant cut = NINE.plusSeconds(60);
        Consumption across = RegisterTimeline.of(
                        RegisterProfile.of(0, 0),
                        List.of(
                                new RegisterReading(NINE, tenths(reads.get(0).path("v"))),
                                new RegisterReading(
                                        NINE.plusSeconds(120),
                                        tenths(reads.get(2).path("v")))),
                        List.of(new MeterExchange(
                                cut,
                                tenths(reads.get(1).path("A_final")),
                                tenths(reads.get(1).path("B_initial")))))
                .over(List.of(NINE, cut, NINE.plusSeconds(120)));
        assertThat(across.total()).hasValue(tenths(published.path("deltas").get(0)));
        assertThat(across.intervals()).extracting(i -> i.counts().orElseThrow()).containsExactly(44L, 20L);
        assertThat(across.intervals()).extracting(IntervalConsumption::quality).containsOnly(Quality.MEASURED);
        assertThat(kinds(across)).containsExactly(Kind.EXCHANGE);
    }

    @Test
    void aGapIsProratedIntoEstimatedIntervalsThatAddUp() throws IOException {
        JsonNode published = published("gap-prorated");
        List<RegisterReading> readings = new ArrayList<>();
        for (JsonNode read : published.path("reads")) {
            Instant at = OffsetDateTime.parse(read.get(0).asText()).toInstant();
            readings.add(new RegisterReading(at, tenths(read.get(1))));
        }
        Duration width = Duration.ofMinutes(published.path("interval_min").asLong());
        List<Instant> boundaries = new ArrayList<>();
        for (Instant at = readings.get(0).at(); !at.isAfter(readings.get(1).at()); at = at.plus(width)) {
            boundaries.add(at);
        }
        Consumption consumption = RegisterTimeline.of(RegisterProfile.of(0, 0), readings, List.of())
                .over(boundaries);
        assertDeltas(consumption, published);
        assertThat(consumption.intervals())
                .extracting(IntervalConsumption::quality)
                .containsOnly(Quality.ESTIMATED);
        assertThat(consumption.total())
                .hasValue(readings.get(1).count() - readings.get(0).count());
    }

    /**
     * A float register of this size cannot show every kilowatt hour. Whole counts of it come out as published; that they
     * say nothing about what lies between is why a float is refused as a counter where figures are made of it.
     */
    @Test
    void aFloatRegisterAbove2To24MovesInStepsOfTwo() throws IOException {
        JsonNode published = published("float32-stall");
        List<RegisterReading> readings = new ArrayList<>();
        for (JsonNode read : published.path("reads_f32")) {
            assertThat(Math.ulp((float) read.asDouble())).isEqualTo(2f);
            readings.add(new RegisterReading(NINE.plusSeconds(60L * readings.size()), read.asLong()));
        }
        List<IntervalConsumption> steps =
                over(RegisterProfile.of(0, 0), readings).intervals();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).counts())
                    .hasValue(published.path("deltas").get(i).asLong());
        }
    }

    @Test
    void currentAndVoltageTransformersMultiplyTheDifference() throws IOException {
        JsonNode published = published("ct-factor");
        Instant end = NINE.plusSeconds(900);
        FigureValue value = ReportArithmetic.registerDifference(
                RegisterProfile.of(0, 0),
                new long[] {NINE.toEpochMilli(), end.toEpochMilli()},
                new long[] {1_000, 1_000 + tenths(published.path("raw_delta"))},
                NINE,
                end,
                new BigDecimal("0.1"),
                published
                        .path("ct")
                        .decimalValue()
                        .multiply(published.path("pt").decimalValue()),
                1);
        assertThat(new BigDecimal(value.value()))
                .isEqualByComparingTo(published.path("delta").asText());
    }

    @Test
    void daysOnWhichClocksChangeHaveTheirOwnNumberOfIntervalsAndLoseNothing() throws IOException {
        for (JsonNode published : Published.json(CASES).path("cases")) {
            if (!published.path("id").asText().startsWith("dst-")) {
                continue;
            }
            ZoneId zone = ZoneId.of(published.path("zone").asText());
            LocalDate day = LocalDate.parse(published.path("day").asText());
            Instant start = day.atStartOfDay(zone).toInstant();
            Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
            List<RegisterReading> readings = new ArrayList<>();
            for (Instant at = start; !at.isAfter(end); at = at.plusSeconds(900)) {
                readings.add(new RegisterReading(at, 7L * readings.size()));
            }
            Consumption consumption = RegisterTimeline.of(RegisterProfile.of(0, 0), readings, List.of())
                    .over(Boundaries.of(start, end, Boundaries.Step.QUARTER_HOUR, zone));
            int intervals = published.path("intervals_15min").asInt();
            assertThat(consumption.intervals())
                    .as("%s", published)
                    .hasSize(intervals)
                    .allMatch(each ->
                            each.quality() == Quality.MEASURED && each.counts().orElseThrow() == 7);
            assertThat(consumption.total()).hasValue(7L * intervals);
            double hours = published.path("hours").asDouble(intervals / 4.0);
            assertThat(Duration.between(start, end).toMinutes() / 60.0).isEqualTo(hours);
        }
    }

    private static JsonNode published(String id) throws IOException {
        for (JsonNode one : Published.json(CASES).path("cases")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError(CASES + " has no case " + id);
    }

    private static Consumption steps(JsonNode published) {
        List<RegisterReading> readings = new ArrayList<>();
        for (JsonNode read : published.path("reads")) {
            readings.add(new RegisterReading(NINE.plusSeconds(60L * readings.size()), tenths(read)));
        }
        long modulus = published.path("modulus").isNumber() ? tenths(published.path("modulus")) : 0;
        return over(RegisterProfile.of(modulus, 0), readings);
    }

    private static Consumption over(RegisterProfile profile, List<RegisterReading> readings) {
        return RegisterTimeline.of(profile, readings, List.of())
                .over(readings.stream().map(RegisterReading::at).toList());
    }

    private static void assertDeltas(Consumption consumption, JsonNode published) {
        List<Long> deltas = new ArrayList<>();
        published.path("deltas").forEach(delta -> deltas.add(tenths(delta)));
        assertThat(consumption.intervals())
                .as("%s", published)
                .extracting(each -> each.counts().orElseThrow())
                .isEqualTo(deltas);
    }

    private static List<Kind> kinds(Consumption consumption) {
        return consumption.events().stream()
                .map(RegisterEvent::kind)
                .filter(kind -> kind != Kind.GAP)
                .toList();
    }

    private static long tenths(JsonNode number) {
        return new BigDecimal(number.asText()).movePointRight(1).longValueExact();
    }
}
