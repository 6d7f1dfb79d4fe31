package energy.audit.report;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.evidence.wire.ReportFigures;
import energy.audit.report.ReportContent.ChannelQuality;
import energy.audit.report.ReportContent.EvidenceFacts;
import energy.audit.report.ReportContent.RegisterNote;
import energy.audit.report.ReportContent.SignedGap;
import energy.audit.report.ReportContent.SigningAgent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report of two made-up sites, with numbers that add up, for tests of layout and bytes. */
final class SampleReport {
    private static final String ROOT = "5f1c3a9be07d42d6a8e1b1f0c7d2e39481f5a6b7c8d9e0f112233445566778a9";

    private SampleReport() {}

    static ReportContent yearOfTwoSites() {
        FigurePlan plan = FigurePlan.of(
                List.of(List.of(foundry()), List.of(coldStore())),
                LocalDate.of(2025, 11, 1),
                LocalDate.of(2026, 10, 31));
        return content(plan);
    }

    static ReportContent content(FigurePlan plan) {
        Map<String, BigDecimal> values = new HashMap<>();
        List<Figure> figures = new ArrayList<>();
        for (Figure figure : plan.figures()) {
            Figure.Builder done = figure.toBuilder();
            BigDecimal value = figure.getFormula().equals(FigurePlan.SUM)
                    ? figure.getTermsList().stream().map(values::get).reduce(BigDecimal.ZERO, BigDecimal::add)
                    : made(figure);
            values.put(figure.getId(), value);
            done.setValue(value.toPlainString()).setQuality("measured").setCoverage("1");
            if (figure.getId().equals("F0007")) {
                done.setQuality("estimated")
                        .setCoverage("0.5")
                        .setNote("no reading at 2026-05-31T22:00:00Z; interpolated between 21:45 and 22:30");
            }
            if (figure.getId().equals("F0033")) {
                done.setValue("").setQuality("missing").setCoverage("0").setNote("no reading within 2 h of the end");
            }
            figures.add(done.build());
        }
        ReportFigures all = ReportFigures.newBuilder()
                .setReportId("0197c1f2-5a77-7d3e-9b1c-2f6a4d8e0b15")
                .setTenant("demo-castings")
                .setTenantName("Demo Castings")
                .addAllSites(plan.sites().stream().map(SitePlan::site).toList())
                .setFromMs(plan.figures().get(0).getFromMs())
                .setToMs(plan.figures().get(0).getToMs())
                .setLogSize(184_220)
                .setLogRoot(ByteString.fromHex(ROOT))
                .setIssuedAtMs(Instant.parse("2026-11-23T03:15:50Z").toEpochMilli())
                .addAllFigures(figures)
                .build();
        return new ReportContent(all, plan, List.of(), quality(plan), List.of(), facts(), Optional.empty());
    }

    private static BigDecimal made(Figure figure) {
        double days = (figure.getToMs() - figure.getFromMs()) / 86_400_000.0;
        int seed = Math.floorMod(figure.getChannel().hashCode(), 97) + 20;
        double perDay = seed * (figure.getMeter().equals("main") ? 95.0 : 17.0);
        double season = days > 40 ? 1 : 1 + 0.25 * Math.cos(figure.getFromMs() / 86_400_000.0 / 58.1);
        return BigDecimal.valueOf(days * perDay * season).setScale(1, RoundingMode.HALF_EVEN);
    }

    private static List<ChannelQuality> quality(FigurePlan plan) {
        List<ChannelQuality> lines = new ArrayList<>();
        for (SitePlan site : plan.sites()) {
            for (PlanRow row : site.meters()) {
                boolean bad = row.meter().equals("compressors");
                lines.add(new ChannelQuality(
                        site.site(),
                        row.label(),
                        site.site() + "." + row.meter() + "." + row.quantity(),
                        35_040,
                        bad ? 34_871 : 35_040,
                        bad
                                ? List.of(new SignedGap(
                                        Instant.parse("2026-03-02T03:15:00Z"),
                                        Instant.parse("2026-03-03T21:30:00Z"),
                                        "REQUEST_TIMEOUT"))
                                : List.of(),
                        row.meter().equals("furnace-2")
                                ? List.of(new RegisterNote(
                                        Instant.parse("2026-06-18T09:12:00Z"),
                                        "ROLLOVER",
                                        "4 294 966 871 to 312, modulus 4 294 967 296"))
                                : List.of()));
            }
        }
        return lines;
    }

    private static EvidenceFacts facts() {
        return new EvidenceFacts(
                "energy-audit/3f0a9c2e/demo-castings\n184220\nXxw6m+B9QtaooeGx8MfS45SB9aa3yNng8RIjNEVWZ3ip\n\n"
                        + "\u2014 energy-audit/3f0a9c2e az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n",
                184_220,
                ROOT,
                "9a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9",
                List.of(
                        new SigningAgent("foundry-north-agent", "foundry-north", ROOT, 1),
                        new SigningAgent("foundry-north-logger", "foundry-north", ROOT, 13),
                        new SigningAgent("cold-store-logger", "cold-store", ROOT, 13)),
                41);
    }

    static MeteringConfiguration foundry() {
        return site("foundry-north", "Foundry North")
                .addMeters(meter("main", "Main incomer", "electricity", "")
                        .addChannels(counter("foundry-north.main", "active-energy-import", "kWh", "0.1", "1"))
                        .addChannels(counter("foundry-north.main", "reactive-energy-import", "kvarh", "0.1", "")))
                .addMeters(electric("furnace-1", "Furnace 1", "main"))
                .addMeters(electric("furnace-2", "Furnace 2", "main"))
                .addMeters(electric("compressors", "Compressor hall", "main"))
                .addMeters(electric("sand-plant", "Sand plant", "main"))
                .addMeters(electric("hvac", "Ventilation", "main"))
                .addMeters(electric("lighting", "Lighting and offices", "main"))
                .addMeters(meter("gas-main", "Gas intake", "gas", "")
                        .addChannels(counter("foundry-north.gas-main", "gas-volume", "m3", "0.01", "10.55")))
                .addMeters(meter("ladle-heater", "Ladle heaters", "gas", "gas-main")
                        .addChannels(counter("foundry-north.ladle-heater", "gas-volume", "m3", "0.01", "10.55")))
                .addMeters(meter("water", "Water intake", "water", "")
                        .addChannels(counter("foundry-north.water", "water-volume", "m3", "0.001", "")))
                .addMeters(meter("line", "Casting line", "none", "")
                        .addChannels(counter("foundry-north.line", "product-output", "t", "0.001", "")))
                .build();
    }

    static MeteringConfiguration coldStore() {
        return site("cold-store", "Cold Store")
                .addMeters(meter("main", "Main incomer", "electricity", "")
                        .addChannels(counter("cold-store.main", "active-energy-import", "kWh", "0.1", "1")))
                .addMeters(meter("chiller", "Chillers", "electricity", "main")
                        .addChannels(counter("cold-store.chiller", "active-energy-import", "kWh", "0.1", "1")))
                .build();
    }

    private static MeteringConfiguration.Builder site(String site, String name) {
        return MeteringConfiguration.newBuilder()
                .setTenant("demo-castings")
                .setSite(site)
                .setSiteName(name)
                .setZone("Europe/Berlin")
                .setEffectiveFromMs(Instant.parse("2025-09-30T22:00:00Z").toEpochMilli());
    }

    private static Meter.Builder electric(String id, String name, String parent) {
        return meter(id, name, "electricity", parent)
                .addChannels(counter("foundry-north." + id, "active-energy-import", "kWh", "0.01", "1"));
    }

    private static Meter.Builder meter(String id, String name, String source, String parent) {
        return Meter.newBuilder()
                .setId(id)
                .setName(name)
                .setEnergySource(source)
                .setParent(parent)
                .setSerial("SN-" + (Math.floorMod(id.hashCode(), 90_000) + 10_000));
    }

    private static Channel counter(String meter, String quantity, String unit, String multiplier, String kwhPerUnit) {
        return Channel.newBuilder()
                .setId(meter + "." + quantity)
                .setQuantity(quantity)
                .setUnit(unit)
                .setKind(RegisterKind.COUNTER)
                .setEncoding("uint32")
                .setMultiplier(multiplier)
                .setOffset("0")
                .setModulus("4294967296")
                .setEnergyKwhPerUnit(kwhPerUnit)
                .build();
    }
}
