package energy.audit.analysis.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.analysis.cost.Tariff.Block;
import energy.audit.analysis.cost.Tariff.DemandCharge;
import energy.audit.analysis.cost.Tariff.TimeOfUse;
import energy.audit.analysis.cost.Tariff.Window;
import energy.audit.analysis.derived.Amount;
import energy.audit.analysis.register.Boundaries;
import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TariffsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Window NIGHT =
            new Window(Set.of(Month.values()), Set.of(DayOfWeek.values()), LocalTime.of(22, 0), LocalTime.of(6, 0));

    @Test
    void theDayOfTheAutumnChangeHasNineHoursOfNight() {
        Bill bill = new Tariffs(List.of(tariff("t", 2025, List.of(), List.of()))).bill(day("2025-10-26", "1"));
        assertThat(line(bill, "night").quantity()).isEqualByComparingTo("36");
        assertThat(line(bill, "day").quantity()).isEqualByComparingTo("64");
        assertThat(bill.total()).isEqualByComparingTo("22.80");
    }

    @Test
    void blocksAreFilledOneAfterTheOtherAndDemandIsTheHighestInterval() {
        Tariff tariff = tariff(
                "t",
                2025,
                List.of(new Block(dec("0"), dec("0.05")), new Block(dec("60"), dec("0.02"))),
                List.of(new DemandCharge("demand", Window.ALWAYS, dec("10"))));
        List<Amount> energy = new ArrayList<>(day("2025-06-02", "1"));
        Amount peak = energy.get(40);
        energy.set(40, new Amount(peak.start(), peak.end(), Optional.of(dec("5")), Quality.ESTIMATED, 1));
        Bill bill = new Tariffs(List.of(tariff)).bill(energy);
        assertThat(line(bill, "block from 0 kWh").amount()).isEqualByComparingTo("3.00");
        assertThat(line(bill, "block from 60 kWh").quantity()).isEqualByComparingTo("40");
        assertThat(line(bill, "demand").quantity()).isEqualByComparingTo("20");
        assertThat(bill.quality()).isEqualTo(Quality.ESTIMATED);
    }

    @Test
    void aMissingIntervalMakesTheBillPartialAndIsNotZero() {
        List<Amount> energy = new ArrayList<>(day("2025-06-02", "1"));
        Amount gap = energy.get(3);
        energy.set(3, new Amount(gap.start(), gap.end(), Optional.empty(), Quality.MISSING, 0));
        Bill bill = new Tariffs(List.of(tariff("t", 2025, List.of(), List.of()))).bill(energy);
        assertThat(bill.missingIntervals()).isEqualTo(1);
        assertThat(bill.quality()).isEqualTo(Quality.PARTIAL);
    }

    @Test
    void thePriceChangesWithTheTariffAtLocalMidnight() {
        Tariffs tariffs = new Tariffs(
                List.of(tariff("old", 2025, List.of(), List.of()), tariff("new", 2026, List.of(), List.of())));
        List<Amount> energy = new ArrayList<>(day("2025-12-31", "1"));
        energy.addAll(day("2026-01-01", "1"));
        Bill bill = tariffs.bill(energy);
        assertThat(bill.lines().stream()
                        .filter(l -> l.tariff().equals("new"))
                        .mapToInt(l -> l.quantity().intValue()))
                .containsExactly(32, 64);
        assertThatThrownBy(() -> tariffs.bill(day("2027-01-01", "1")))
                .hasMessageContaining("no tariff holds on 2027-01-01");
    }

    private static Tariff tariff(String name, int year, List<Block> blocks, List<DemandCharge> demand) {
        return new Tariff(
                name,
                Currency.getInstance("EUR"),
                BERLIN,
                LocalDate.of(year, 1, 1),
                LocalDate.of(year + 1, 1, 1),
                List.of(new TimeOfUse("night", NIGHT, dec("0.10")), new TimeOfUse("day", Window.ALWAYS, dec("0.30"))),
                blocks,
                demand,
                BigDecimal.ZERO,
                "contract");
    }

    private static List<Amount> day(String date, String kwh) {
        LocalDate day = LocalDate.parse(date);
        List<Instant> at = Boundaries.of(
                day.atStartOfDay(BERLIN).toInstant(),
                day.plusDays(1).atStartOfDay(BERLIN).toInstant(),
                Boundaries.Step.QUARTER_HOUR,
                BERLIN);
        List<Amount> amounts = new ArrayList<>();
        for (int i = 1; i < at.size(); i++) {
            amounts.add(new Amount(at.get(i - 1), at.get(i), Optional.of(dec(kwh)), Quality.MEASURED, 1));
        }
        return amounts;
    }

    private static Bill.Line line(Bill bill, String name) {
        return bill.lines().stream()
                .filter(l -> l.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal dec(String value) {
        return new BigDecimal(value);
    }
}
