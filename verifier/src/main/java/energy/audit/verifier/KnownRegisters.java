package energy.audit.verifier;

import energy.audit.analysis.register.MeterExchange;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.evidence.AttachedReadings;
import energy.audit.evidence.AttachedReadings.Read;
import energy.audit.evidence.ExchangesInForce;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Registers and imported variables as the attached entries below a log size know them. */
final class KnownRegisters {
    private final AttachedReadings readings;
    private final Configurations configurations;
    private final ExchangesInForce exchanges;
    private final ImportedVariables imports;
    private final long size;
    private final Map<String, Counts> byChannel = new HashMap<>();

    /** A channel's readings in order, for the arithmetic. */
    private static final class Counts {
        private final long[] atMs;
        private final long[] counts;

        Counts(List<Read> reads) {
            atMs = reads.stream().mapToLong(Read::atMs).toArray();
            counts = reads.stream().mapToLong(Read::count).toArray();
        }
    }

    KnownRegisters(
            AttachedReadings readings,
            Configurations configurations,
            ExchangesInForce exchanges,
            ImportedVariables imports,
            long size) {
        this.readings = readings;
        this.configurations = configurations;
        this.exchanges = exchanges;
        this.imports = imports;
        this.size = size;
    }

    /**
     * {@code register-difference/v1} over a period.
     *
     * @throws FigureRefused if no configuration describes the register so
     */
    FigureValue difference(Configurations.Register register, long fromMs, long toMs, int decimals)
            throws FigureRefused {
        if (toMs <= fromMs) {
            throw new FigureRefused("its period ends before it starts");
        }
        Counts counts = byChannel.computeIfAbsent(register.channel(), this::counts);
        try {
            return ReportArithmetic.registerDifference(
                    configurations.inForce(register, fromMs, toMs).scalings(),
                    counts.atMs,
                    counts.counts,
                    exchanges.of(register.channel()).stream()
                            .map(each -> new MeterExchange(each.at(), each.oldFinalCount(), each.newInitialCount()))
                            .toList(),
                    Instant.ofEpochMilli(fromMs),
                    Instant.ofEpochMilli(toMs),
                    decimals);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new FigureRefused("its readings or its scale are out of all range: " + e.getMessage());
        }
    }

    /**
     * A variable of a site over a period, exact.
     *
     * @throws FigureRefused if it comes from no import, or the imports contradict themselves
     */
    FigureValue imported(String site, String origin, long fromMs, long toMs) throws FigureRefused {
        ZoneId zone = configurations
                .zone(site)
                .orElseThrow(() -> new FigureRefused("the configuration of site " + site + " names no zone"));
        return imports.over(site, zone, origin, Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(toMs));
    }

    private Counts counts(String channel) {
        return new Counts(readings.of(channel).stream()
                .filter(read -> read.logIndex() < size)
                .toList());
    }
}
