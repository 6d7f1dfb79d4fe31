package energy.audit.verifier;

import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.evidence.wire.Shift;
import energy.audit.evidence.wire.ShiftPlan;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/** Production, temperatures and shifts of a random plant: holes, figures that cross midnights, corrections, withdrawals. */
final class DrivenPlant {
    private final SmallPlant plant;
    private final Random random;
    private final ZoneId zone;
    private int imports;

    DrivenPlant(SmallPlant plant, Random random, ZoneId zone) {
        this.plant = plant;
        this.random = random;
        this.zone = zone;
    }

    void planShifts(LocalDate first) {
        plan(first.minusDays(5), List.of(1, 2, 3, 4, 5), first.plusDays(2));
        if (random.nextBoolean()) {
            plan(first.plusDays(4), List.of(1, 2, 3, 4, 5, 6, 7), first.plusDays(6));
        }
        if (random.nextInt(4) == 0) {
            plant.append(
                    EntryKind.SHIFT_PLAN,
                    "emma",
                    ShiftPlan.newBuilder()
                            .setTenant("demo")
                            .setSite("hall")
                            .setEffectiveFrom(first.plusDays(4).toString())
                            .setWithdrawn(true)
                            .setReason("test")
                            .build());
        }
    }

    private void plan(LocalDate from, List<Integer> days, LocalDate off) {
        plant.append(
                EntryKind.SHIFT_PLAN,
                "emma",
                ShiftPlan.newBuilder()
                        .setTenant("demo")
                        .setSite("hall")
                        .setEffectiveFrom(from.toString())
                        .addShifts(shift("early", days, "05:50", "14:00"))
                        .addShifts(shift("late", days, "13:40", "22:10"))
                        .addShifts(shift("night", days.subList(0, 4), "22:00", "06:00"))
                        .addDaysOff(off.toString())
                        .setReason("test")
                        .build());
    }

    private static Shift shift(String name, List<Integer> days, String start, String end) {
        return Shift.newBuilder()
                .setName(name)
                .addAllDays(days)
                .setStart(start)
                .setEnd(end)
                .build();
    }

    /** @param end excluded */
    void importDays(LocalDate first, LocalDate end) {
        ProductionImport.Builder production = production();
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            for (String variable : List.of("castings", "pieces")) {
                produced(production, variable, day);
            }
        }
        plant.append(EntryKind.PRODUCTION_IMPORT, "erp", production.build());
        WeatherImport.Builder weather = weather();
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            temperatures(weather, day);
        }
        plant.append(EntryKind.WEATHER_IMPORT, "erp", weather.build());
    }

    /** A whole day, or two parts of it, or a day without a night, or nothing. */
    private void produced(ProductionImport.Builder delivery, String variable, LocalDate day) {
        int happens = random.nextInt(18);
        Instant noon = at(day).plus(Duration.ofHours(12));
        if (happens == 0) {
            return;
        }
        if (happens == 1) {
            row(delivery, variable, at(day), noon, false);
            row(delivery, variable, noon, at(day.plusDays(1)), false);
        } else if (happens == 2) {
            row(delivery, variable, at(day).plusSeconds(3600), at(day.plusDays(1)), false);
        } else {
            row(delivery, variable, at(day), at(day.plusDays(1)), false);
        }
    }

    private void row(ProductionImport.Builder delivery, String variable, Instant from, Instant to, boolean withdrawn) {
        delivery.addRows(ProductionRow.newBuilder()
                .setVariable(variable)
                .setUnit("t")
                .setFromMs(from.toEpochMilli())
                .setToMs(to.toEpochMilli())
                .setValue(withdrawn ? "" : (10 + random.nextInt(50)) + "." + (1 + random.nextInt(999)))
                .setWithdrawn(withdrawn));
    }

    private void temperatures(WeatherImport.Builder delivery, LocalDate day) {
        int missing = random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 0;
        boolean daily = random.nextInt(5) == 0;
        Instant end = at(day.plusDays(1));
        Duration step = daily ? Duration.between(at(day), end) : Duration.ofHours(1);
        int mean = 4 + random.nextInt(14);
        for (Instant from = at(day); from.isBefore(end); from = from.plus(step)) {
            if (missing-- > 0 && !daily) {
                continue;
            }
            delivery.addRows(WeatherRow.newBuilder()
                    .setFromMs(from.toEpochMilli())
                    .setToMs(from.plus(step).toEpochMilli())
                    .setTemperature((mean - 4 + random.nextInt(9)) + "." + random.nextInt(10)));
        }
    }

    /** Some days get another figure, some are taken back, some become part of a week. */
    void correctDays(LocalDate first, LocalDate end) {
        ProductionImport.Builder production = production();
        WeatherImport.Builder weather = weather();
        for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
            int happens = random.nextInt(10);
            if (happens < 2) {
                row(production, "castings", at(day), at(day.plusDays(1)), happens == 0);
            }
            if (happens == 2) {
                weather.addRows(WeatherRow.newBuilder()
                        .setFromMs(at(day).toEpochMilli())
                        .setToMs(at(day).plusSeconds(3600).toEpochMilli())
                        .setWithdrawn(true));
            }
        }
        if (production.getRowsCount() > 0) {
            plant.append(EntryKind.PRODUCTION_IMPORT, "erp", production.build());
        }
        if (weather.getRowsCount() > 0) {
            plant.append(EntryKind.WEATHER_IMPORT, "erp", weather.build());
        }
    }

    private ProductionImport.Builder production() {
        imports++;
        return ProductionImport.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setSource("erp")
                .setImportId("p" + imports);
    }

    private WeatherImport.Builder weather() {
        imports++;
        return WeatherImport.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setStation("roof")
                .setSource("dwd")
                .setImportId("w" + imports);
    }

    private Instant at(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
