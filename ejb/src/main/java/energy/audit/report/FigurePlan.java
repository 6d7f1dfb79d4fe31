package energy.audit.report;

import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which figures a report prints, before any of them is computed. A pure function of the metering
 * configurations and the period, so that the same prefix of the log gives the same figures under the same ids.
 *
 * @param sites in the order of their ids
 * @param totals sums per energy source over all sites; empty for a single site, whose own sums say the same
 * @param figures all of them, by id, without value
 */
record FigurePlan(List<SitePlan> sites, List<PlanRow> totals, List<Figure> figures) {

    static final String REGISTER_DIFFERENCE = ReportArithmetic.REGISTER_DIFFERENCE;
    static final String SUM = ReportArithmetic.SUM;

    /** The order in which sources are printed. */
    private static final List<String> SOURCES = List.of("electricity", "gas", "heat", "water", "none");

    /** Quantities that are counted and yet no amount that an energy report sums up. */
    private static final List<String> NOT_PRINTED = List.of("reactive-energy-import", "reactive-energy-export");

    FigurePlan {
        sites = List.copyOf(sites);
        totals = List.copyOf(totals);
        figures = List.copyOf(figures);
    }

    /**
     * @param bySite of each site that is wanted all configurations, in log order
     * @param first first day, local to each site
     * @param last last day, included
     */
    static FigurePlan of(Collection<List<MeteringConfiguration>> bySite, LocalDate first, LocalDate last) {
        List<List<MeteringConfiguration>> sorted = new ArrayList<>(bySite);
        sorted.sort(Comparator.comparing(versions -> versions.get(0).getSite()));
        Ids ids = new Ids();
        List<SitePlan> sites = new ArrayList<>();
        for (List<MeteringConfiguration> versions : sorted) {
            sites.add(site(InForce.of(versions), first, last, ids));
        }
        List<PlanRow> totals = sites.size() < 2 ? List.of() : totals(sites, ids);
        return new FigurePlan(sites, totals, ids.figures);
    }

    /** Begin of the earliest site's period. */
    Instant from() {
        return sites.stream()
                .map(site -> site.spans().get(0).from())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** End of the latest site's period, excluded. */
    Instant to() {
        return sites.stream()
                .map(site -> site.spans().get(site.spans().size() - 1).to())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static SitePlan site(List<MeteringConfiguration> versions, LocalDate first, LocalDate last, Ids ids) {
        ZoneId zone = ZoneId.of(versions.get(versions.size() - 1).getZone());
        List<Span> spans = Span.months(first, last, zone);
        List<MeteringConfiguration> inForce = inForce(
                versions, spans.get(0).from(), spans.get(spans.size() - 1).to());
        MeteringConfiguration newest = inForce.get(inForce.size() - 1);
        List<PlanRow> meters = new ArrayList<>();
        List<PlanRow> others = new ArrayList<>();
        for (PlacedMeter placed : placed(inForce)) {
            for (Channel channel : placed.meter().getChannelsList()) {
                if (channel.getKind() != RegisterKind.COUNTER || NOT_PRINTED.contains(channel.getQuantity())) {
                    continue;
                }
                boolean energy = !channel.getEnergyKwhPerUnit().isEmpty();
                (energy ? meters : others).add(row(newest, placed, channel, energy, spans, ids));
            }
        }
        return new SitePlan(newest, inForce.size(), spans, sums(newest.getSite(), meters, spans, ids), meters, others);
    }

    /** The configurations in force at any instant of a period; never empty: the first one also covers what was before. */
    private static List<MeteringConfiguration> inForce(List<MeteringConfiguration> versions, Instant from, Instant to) {
        List<MeteringConfiguration> inForce = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            boolean begins = i == 0 || versions.get(i).getEffectiveFromMs() < to.toEpochMilli();
            boolean replaced =
                    i + 1 < versions.size() && versions.get(i + 1).getEffectiveFromMs() <= from.toEpochMilli();
            if (begins && !replaced) {
                inForce.add(versions.get(i));
            }
        }
        return inForce.isEmpty() ? List.of(versions.get(0)) : inForce;
    }

    /** Meters of all versions, the newest description of each, parents before their children. */
    private static List<PlacedMeter> placed(List<MeteringConfiguration> inForce) {
        Map<String, Meter> byId = new LinkedHashMap<>();
        for (MeteringConfiguration version : inForce) {
            version.getMetersList().forEach(meter -> byId.put(meter.getId(), meter));
        }
        List<PlacedMeter> placed = new ArrayList<>();
        for (String source : SOURCES) {
            for (Meter meter : byId.values()) {
                boolean boundary = !byId.containsKey(meter.getParent());
                if (boundary && source.equals(sourceOf(meter))) {
                    place(meter, 0, byId, placed);
                }
            }
        }
        return placed;
    }

    private static void place(Meter meter, int depth, Map<String, Meter> byId, List<PlacedMeter> placed) {
        placed.add(new PlacedMeter(meter, depth));
        for (Meter child : byId.values()) {
            if (child.getParent().equals(meter.getId())
                    && !child.getId().equals(meter.getId())
                    && depth < byId.size()) {
                place(child, depth + 1, byId, placed);
            }
        }
    }

    private static String sourceOf(Meter meter) {
        return SOURCES.contains(meter.getEnergySource()) ? meter.getEnergySource() : "none";
    }

    private static PlanRow row(
            MeteringConfiguration site,
            PlacedMeter placed,
            Channel channel,
            boolean energy,
            List<Span> spans,
            Ids ids) {
        Meter meter = placed.meter();
        Figure.Builder common = Figure.newBuilder()
                .setSite(site.getSite())
                .setMeter(meter.getId())
                .setEnergySource(sourceOf(meter))
                .setUnit(energy ? "kWh" : channel.getUnit())
                .setFormula(REGISTER_DIFFERENCE)
                .setChannel(channel.getId());
        String label = label(meter);
        Spread spread = Spread.over(
                spans,
                ids,
                (span, name) -> common.clone()
                        .setLabel(label + ", " + name)
                        .setFromMs(span.from().toEpochMilli())
                        .setToMs(span.to().toEpochMilli()));
        return new PlanRow(
                label,
                meter.getId(),
                sourceOf(meter),
                channel.getQuantity(),
                common.getUnit(),
                placed.depth(),
                spread.figures(),
                spread.total());
    }

    /** The meter's name; what a spreadsheet would run as a formula is made plain text here, alike in all formats. */
    private static String label(Meter meter) {
        String name = meter.getName().isEmpty() ? meter.getId() : meter.getName();
        return "=+-@".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }

    private static List<PlanRow> sums(String site, List<PlanRow> meters, List<Span> spans, Ids ids) {
        List<PlanRow> sums = new ArrayList<>();
        for (String source : SOURCES) {
            List<PlanRow> parts = meters.stream()
                    .filter(row -> row.depth() == 0 && row.source().equals(source))
                    .toList();
            if (!parts.isEmpty()) {
                sums.add(sum(site, source, parts, spans, ids));
            }
        }
        return sums;
    }

    private static PlanRow sum(String site, String source, List<PlanRow> parts, List<Span> spans, Ids ids) {
        Figure.Builder common = Figure.newBuilder()
                .setSite(site)
                .setEnergySource(source)
                .setUnit("kWh")
                .setFormula(SUM);
        Spread spread = Spread.over(spans, ids, (span, name) -> {
            int at = spans.indexOf(span);
            List<String> terms = parts.stream()
                    .map(part -> at < 0 ? part.total() : part.figures().get(at))
                    .toList();
            return common.clone()
                    .setLabel(source + ", " + name)
                    .setFromMs(span.from().toEpochMilli())
                    .setToMs(span.to().toEpochMilli())
                    .addAllTerms(terms);
        });
        return new PlanRow(source, "", source, "energy", "kWh", 0, spread.figures(), spread.total());
    }

    /** Over all sites; the sites may lie in different zones, so only the whole period is added up. */
    private static List<PlanRow> totals(List<SitePlan> sites, Ids ids) {
        List<PlanRow> totals = new ArrayList<>();
        for (String source : SOURCES) {
            List<String> terms = sites.stream()
                    .flatMap(site -> site.meters().stream())
                    .filter(row -> row.depth() == 0 && row.source().equals(source))
                    .map(PlanRow::total)
                    .toList();
            if (!terms.isEmpty()) {
                Instant from = sites.stream()
                        .map(site -> site.spans().get(0).from())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                Instant to = sites.stream()
                        .map(site -> site.spans().get(site.spans().size() - 1).to())
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
                String id = ids.add(Figure.newBuilder()
                        .setLabel(source + ", all sites")
                        .setEnergySource(source)
                        .setFromMs(from.toEpochMilli())
                        .setToMs(to.toEpochMilli())
                        .setUnit("kWh")
                        .setFormula(SUM)
                        .addAllTerms(terms));
                totals.add(new PlanRow(source, "", source, "energy", "kWh", 0, List.of(), id));
            }
        }
        return totals;
    }

    private record PlacedMeter(Meter meter, int depth) {}

    /** One figure a month and one over all; where there is a single month, they are the same figure. */
    private record Spread(List<String> figures, String total) {

        interface Draft {
            Figure.Builder of(Span span, String name);
        }

        static Spread over(List<Span> spans, Ids ids, Draft draft) {
            List<String> figures = new ArrayList<>();
            for (Span span : spans) {
                figures.add(ids.add(draft.of(span, span.month().toString())));
            }
            if (spans.size() == 1) {
                return new Spread(figures, figures.get(0));
            }
            Span first = spans.get(0);
            Span last = spans.get(spans.size() - 1);
            Span all = new Span(first.from(), last.to(), first.month(), false);
            String total = ids.add(draft.of(all, first.month() + " to " + last.month()));
            return new Spread(figures, total);
        }
    }

    /** Gives out F0001, F0002, … */
    private static final class Ids {
        private final List<Figure> figures = new ArrayList<>();

        String add(Figure.Builder figure) {
            String id = "F%04d".formatted(figures.size() + 1);
            figures.add(figure.setId(id).build());
            return id;
        }
    }
}
