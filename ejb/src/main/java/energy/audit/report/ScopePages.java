package energy.audit.report;

import static com.lowagie.text.Element.ALIGN_LEFT;

import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.wire.Meter;
import java.time.Instant;
import java.util.Optional;

/** What is inside the boundary: sites, period, zone, meters, and how each register becomes energy. */
final class ScopePages {
    private final ReportContent content;
    private final ReportTexts texts;
    private final PdfLook look;

    ScopePages(ReportContent content, ReportTexts texts, PdfLook look) {
        this.content = content;
        this.texts = texts;
        this.look = look;
    }

    void addTo(Document document, PdfWriter writer) {
        long meters = content.plan().sites().stream()
                .mapToLong(site -> site.configuration().getMetersCount())
                .sum();
        document.add(EnergyPages.title(
                look,
                texts.say("scope.title"),
                texts.say("scope.answer", content.plan().sites().size(), meters)));
        document.add(look.paragraph(texts.say("scope.rule")));
        for (SitePlan site : content.plan().sites()) {
            look.heading(document, writer, site.name());
            Instant from = site.spans().get(0).from();
            Instant to = site.spans().get(site.spans().size() - 1).to();
            document.add(look.soft(texts.say(
                    "scope.period",
                    texts.minute(from, site.zone()),
                    texts.minute(to, site.zone()),
                    site.zone().getId(),
                    site.versions())));
            document.add(meters(site));
        }
    }

    private PdfPTable meters(SitePlan site) {
        PdfPTable table = PdfLook.table(27, 15, 13, 20, 25);
        for (String key : new String[] {"meter", "source", "serial", "quantity", "scale"}) {
            table.addCell(look.head(texts.say("scope.column." + key), ALIGN_LEFT));
        }
        site.meters().forEach(row -> add(table, site, row));
        site.others().forEach(row -> add(table, site, row));
        return table;
    }

    private void add(PdfPTable table, SitePlan site, PlanRow row) {
        Optional<Meter> meter = site.configuration().getMetersList().stream()
                .filter(each -> each.getId().equals(row.meter()))
                .findFirst();
        table.addCell(look.body(label(row), ALIGN_LEFT));
        String part = row.depth() == 0 ? "" : ", " + texts.say("scope.part");
        table.addCell(look.body(small(texts.word("source", row.source()) + part), ALIGN_LEFT));
        table.addCell(look.body(small(meter.map(Meter::getSerial).orElse("")), ALIGN_LEFT));
        table.addCell(look.body(small(texts.word("quantity", row.quantity())), ALIGN_LEFT));
        String scale = meter.flatMap(each -> each.getChannelsList().stream()
                        .filter(channel -> channel.getQuantity().equals(row.quantity()))
                        .findFirst())
                .map(channel -> {
                    String text =
                            texts.say("scope.scale", channel.getMultiplier(), texts.word("unit", channel.getUnit()));
                    boolean converted = !channel.getEnergyKwhPerUnit().isEmpty()
                            && !channel.getUnit().equals("kWh");
                    return converted
                            ? text + "; "
                                    + texts.say(
                                            "scope.energy",
                                            channel.getEnergyKwhPerUnit(),
                                            texts.word("unit", channel.getUnit()))
                            : text;
                })
                .orElse("");
        table.addCell(look.body(small(scale), ALIGN_LEFT));
    }

    private Phrase small(String words) {
        return new Phrase(words, look.text(8, PdfLook.INK));
    }

    /** The meter's name, set in by its place below the boundary. */
    private Paragraph label(PlanRow row) {
        Paragraph label = new Paragraph(new Chunk(
                "\u00a0\u00a0".repeat(row.depth()) + (row.depth() > 0 ? "\u2013 " : "") + row.label(),
                row.depth() == 0 ? look.strong(8.5f, PdfLook.INK) : look.text(8.5f, PdfLook.INK)));
        return label;
    }
}
