package energy.audit.web.log;

import energy.audit.consumption.Interval;
import energy.audit.ingest.Bracket;
import energy.audit.ingest.Reading;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.web.log.FigureEvidence.Trail;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One figure and its way back to signed register counts. */
@Named("proof")
@RequestScoped
public class FigurePage {
    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final LocalDate first;
    private final LocalDate last;
    private final Trail trail;

    @Inject
    FigurePage(Words words, Shell shell, Entrance entrance, FigureEvidence evidence, HttpServletRequest request) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        String day = request.getParameter("day");
        this.first = Query.date("from", Query.needed("from", day == null ? request.getParameter("from") : day));
        this.last = Query.date("to", Query.needed("to", day == null ? request.getParameter("to") : day));
        ChannelId channel = ChannelId.of(Query.needed("channel", request.getParameter("channel")));
        if (!channel.site().equals(place.here().id())) {
            throw Refusal.notFound(
                    "OTHER_SITE", "channel " + channel, "it is of another site", "Choose that site at the top.");
        }
        Period period = Period.of(
                first.atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
        this.trail = entrance.in(place.tenant(), () -> evidence.follow(channel, period));
    }

    /** A reading next to an end of the period. */
    public record ReadingRow(String end, String at, String count, String value, String entry) {}

    /** A signed batch and its place in the log. */
    public record BatchRow(
            String entry,
            String admitted,
            String agent,
            String sequence,
            String hash,
            String key,
            boolean signed,
            String leaf,
            String path,
            boolean included) {}

    /** An interval of the figure. */
    public record IntervalRow(
            String start, String counts, String energy, String coverage, boolean whole, String quality, int revision) {}

    public String getHeadline() {
        String days = first.equals(last)
                ? words.dayWithYear(first)
                : words.dayWithYear(first) + " – " + words.dayWithYear(last);
        return trail.energy()
                .flatMap(energy -> energy.value())
                .map(kwh -> words.text(
                        "figure.headline", words.number(kwh, 1), trail.meter().name(), days))
                .orElseGet(
                        () -> words.text("figure.headline.empty", trail.meter().name(), days));
    }

    public String getBasis() {
        return words.text("figure.basis", zone.getId());
    }

    public String getFormula() {
        BigDecimal perUnit = trail.channel().energyKwhPerUnit().orElse(BigDecimal.ONE);
        String unit = trail.channel().unit();
        String multiplier = trail.channel().multiplier().toPlainString();
        return perUnit.compareTo(BigDecimal.ONE) == 0
                ? words.text("figure.formula", multiplier, unit)
                : words.text("figure.formula.perunit", multiplier, unit, perUnit.toPlainString());
    }

    public String getModulus() {
        return trail.channel()
                .modulus()
                .map(modulus -> words.text("figure.modulus", modulus.toString()))
                .orElse("");
    }

    public String getChannel() {
        return trail.channel().id().value();
    }

    public List<ReadingRow> getReadings() {
        List<ReadingRow> rows = new ArrayList<>();
        List<String> names = List.of("figure.begin", "figure.end");
        for (int i = 0; i < trail.ends().size(); i++) {
            Bracket end = trail.ends().get(i);
            String name = words.text(names.get(i)) + ", " + words.moment(end.instant(), zone);
            end.atOrBefore().ifPresent(reading -> rows.add(row(name, reading)));
            if (!end.atOrAfter().equals(end.atOrBefore())) {
                end.atOrAfter().ifPresent(reading -> rows.add(row(name, reading)));
            }
        }
        return rows;
    }

    private ReadingRow row(String end, Reading reading) {
        Optional<BigDecimal> value = trail.channel().scaled(reading.count());
        return new ReadingRow(
                end,
                words.moment(reading.at(), zone),
                words.whole(reading.count()),
                value.map(shown -> words.number(shown, Math.max(0, shown.scale())) + " " + unit())
                        .orElse("–"),
                words.whole(reading.logIndex()));
    }

    public List<BatchRow> getBatches() {
        return trail.batches().stream()
                .map(batch -> new BatchRow(
                        words.whole(batch.index()),
                        words.moment(batch.admittedAt(), zone),
                        batch.agent(),
                        words.whole(batch.sequence()),
                        batch.batch().hex(),
                        batch.key().map(key -> key.hex()).orElse("–"),
                        batch.signed(),
                        batch.leaf().hex(),
                        words.text("figure.hashes", batch.pathLength(), words.whole(trail.logSize())),
                        batch.included()))
                .toList();
    }

    public List<IntervalRow> getIntervals() {
        return trail.intervals().stream().map(this::row).toList();
    }

    private IntervalRow row(Interval interval) {
        return new IntervalRow(
                label(interval.start()),
                interval.counts().isPresent() ? words.whole(interval.counts().getAsLong()) : "–",
                interval.energyKwh().map(words::number).orElse("–"),
                words.percent(interval.coverage()),
                interval.coverage() > 0.995,
                words.text("quality." + interval.quality().name()),
                interval.revision());
    }

    private String label(Instant start) {
        LocalDate day = start.atZone(zone).toLocalDate();
        return switch (trail.resolution()) {
            case HOUR, QUARTER_HOUR -> (first.equals(last) ? "" : words.day(day) + " ") + words.time(start, zone);
            case DAY, MONTH -> words.dayWithYear(day);
        };
    }

    public String getRoot() {
        return trail.root().hex();
    }

    public String getLogSize() {
        return words.whole(trail.logSize());
    }

    public String getBack() {
        return first.equals(last)
                ? place.to("today") + "?day=" + first
                : place.to("energy") + "?from=" + first + "&to=" + last;
    }

    private String unit() {
        return trail.channel().unit().equals("m3") ? "m³" : trail.channel().unit();
    }
}
