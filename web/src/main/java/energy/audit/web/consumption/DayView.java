package energy.audit.web.consumption;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.GaugePoint;
import energy.audit.consumption.ProfilePoint;
import energy.audit.consumption.Progress;
import energy.audit.ingest.IngestIdentity;
import energy.audit.metering.Site;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that the page of a day shows, before it has words.
 *
 * @param running whether it is the day that is running
 * @param asOf when the question was asked
 * @param until end of what is compared: the newest reading of a running day, else the day's end
 * @param powerKw newest power at the boundary, only of a running day
 * @param profile quarter hours of the day at the boundary, electricity
 * @param livePower mean power by minute at the boundary since the last whole quarter hour, only of a running day
 * @param profileBefore the same of the same weekday a week before
 */
record DayView(
        Site site,
        LocalDate day,
        boolean running,
        Instant asOf,
        Instant until,
        Optional<BigDecimal> powerKw,
        Optional<Instant> newest,
        List<MeterLine> meters,
        List<ProfilePoint> profile,
        List<ProfilePoint> profileBefore,
        List<GaugePoint> livePower,
        Progress progress,
        IngestIdentity ingest,
        long logSize) {

    /** Sum at the boundary of a source: the meters that have no meter above them. */
    EnergyAmount sum(String source, boolean beforeInstead) {
        List<EnergyAmount> parts = meters.stream()
                .filter(meter -> meter.boundary() && meter.source().equals(source))
                .map(meter -> beforeInstead ? meter.before() : meter.day())
                .toList();
        Optional<BigDecimal> value =
                parts.stream().flatMap(part -> part.value().stream()).reduce(BigDecimal::add);
        Quality worst = parts.stream()
                .map(EnergyAmount::quality)
                .max(Comparator.naturalOrder())
                .orElse(Quality.MISSING);
        double coverage =
                parts.stream().mapToDouble(EnergyAmount::coverage).average().orElse(0);
        return new EnergyAmount(value, value.isEmpty() ? Quality.MISSING : worst, coverage);
    }

    /** Sources in the order in which meters name them. */
    List<String> sources() {
        return meters.stream().map(MeterLine::source).distinct().toList();
    }

    /** Coverage of all energy meters, each weighed alike. */
    double coverage() {
        return meters.stream()
                .mapToDouble(meter -> meter.day().coverage())
                .average()
                .orElse(0);
    }

    /** The quarter hour with the highest mean power. */
    Optional<ProfilePoint> peak() {
        return profile.stream()
                .filter(point -> point.energyKwh().value().isPresent()
                        && point.energyKwh().coverage() > DayReader.WHOLE)
                .max(Comparator.comparing(point -> point.energyKwh().value().orElse(BigDecimal.ZERO)));
    }

    /** The newest receipt that an agent of this site was given. */
    Optional<Instant> lastReceipt() {
        return ingest.agents().stream()
                .filter(agent -> agent.agent().value().startsWith(site.id().value() + "-"))
                .flatMap(agent -> agent.lastReceipt().stream())
                .max(Comparator.naturalOrder());
    }
}
