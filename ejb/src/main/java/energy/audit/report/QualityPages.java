package energy.audit.report;

import static com.lowagie.text.Element.ALIGN_LEFT;
import static com.lowagie.text.Element.ALIGN_RIGHT;

import com.lowagie.text.Document;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.GapsInForce;
import energy.audit.evidence.wire.Figure;
import energy.audit.report.ReportContent.ChannelQuality;
import energy.audit.report.ReportContent.RegisterNote;
import energy.audit.report.ReportContent.SignedGap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How complete the data is, what is estimated, and which gaps and register events lie in the period. */
final class QualityPages {
    /** Lines after which a list of gaps or events is cut, with the number of those left out said. */
    private static final int MOST_LINES = 60;

    private final ReportContent content;
    private final ReportTexts texts;
    private final PdfLook look;
    private final Map<String, SitePlan> sites;

    QualityPages(ReportContent content, ReportTexts texts, PdfLook look) {
        this.content = content;
        this.texts = texts;
        this.look = look;
        this.sites = content.plan().sites().stream().collect(Collectors.toMap(SitePlan::site, Function.identity()));
    }

    void addTo(Document document, PdfWriter writer) {
        long planned =
                content.quality().stream().mapToLong(ChannelQuality::planned).sum();
        long present =
                content.quality().stream().mapToLong(ChannelQuality::present).sum();
        String answer = planned == 0
                ? texts.say("quality.none")
                : texts.say("quality.answer", ReportTexts.percent((double) present / planned));
        document.add(EnergyPages.title(look, texts.say("quality.title"), answer));
        document.add(look.paragraph(texts.say("quality.rule")));
        look.heading(document, writer, texts.say("quality.byMeter"));
        document.add(coverage());
        look.heading(document, writer, texts.say("quality.figures"));
        notMeasured(document);
        look.heading(document, writer, texts.say("quality.gaps"));
        gaps(document);
        look.heading(document, writer, texts.say("quality.signed"));
        signedGaps(document);
        look.heading(document, writer, texts.say("quality.events"));
        events(document);
    }

    private PdfPTable coverage() {
        PdfPTable table = PdfLook.table(20, 26, 22, 16, 16);
        for (String key : new String[] {"site", "meter", "quantity"}) {
            table.addCell(look.head(texts.say("quality.column." + key), ALIGN_LEFT));
        }
        table.addCell(look.head(texts.say("quality.column.readings"), ALIGN_RIGHT));
        table.addCell(look.head(texts.say("quality.column.coverage"), ALIGN_RIGHT));
        for (ChannelQuality line : content.quality()) {
            String quantity = line.channel().substring(line.channel().lastIndexOf('.') + 1);
            table.addCell(look.body(small(siteName(line.site())), ALIGN_LEFT));
            table.addCell(look.body(small(line.meter()), ALIGN_LEFT));
            table.addCell(look.body(small(texts.word("quantity", quantity)), ALIGN_LEFT));
            table.addCell(look.body(
                    small(ReportTexts.count(line.present()) + " / " + ReportTexts.count(line.planned())), ALIGN_RIGHT));
            boolean whole = line.present() >= line.planned();
            Phrase share = new Phrase(
                    ReportTexts.percent(line.coverage()),
                    whole ? look.text(8, PdfLook.INK) : look.strong(8, PdfLook.WARN));
            table.addCell(look.body(share, ALIGN_RIGHT));
        }
        return table;
    }

    private void notMeasured(Document document) {
        List<Figure> figures = content.figures().getFiguresList().stream()
                .filter(figure -> !figure.getQuality().equals("measured"))
                .toList();
        if (figures.isEmpty()) {
            document.add(look.paragraph(texts.say("quality.allMeasured")));
            return;
        }
        PdfPTable table = PdfLook.table(9, 30, 14, 12, 35);
        for (String key : new String[] {"figure", "label", "quality", "coverage", "note"}) {
            table.addCell(look.head(texts.say("quality.column." + key), ALIGN_LEFT));
        }
        for (Figure figure : figures.subList(0, Math.min(figures.size(), MOST_LINES))) {
            table.addCell(look.body(small(figure.getId()), ALIGN_LEFT));
            table.addCell(look.body(small(place(figure) + figure.getLabel()), ALIGN_LEFT));
            table.addCell(look.body(small(texts.word("quality", figure.getQuality())), ALIGN_LEFT));
            String share =
                    figure.getCoverage().isEmpty() ? "" : ReportTexts.percent(Double.parseDouble(figure.getCoverage()));
            table.addCell(look.body(small(share), ALIGN_LEFT));
            table.addCell(look.body(small(figure.getNote()), ALIGN_LEFT));
        }
        document.add(table);
        more(document, figures.size());
    }

    private String place(Figure figure) {
        return figure.getSite().isEmpty() ? "" : siteName(figure.getSite()) + ": ";
    }

    private void gaps(Document document) {
        record Line(ChannelQuality of, SignedGap gap) {}
        List<Line> lines = content.quality().stream()
                .flatMap(line -> line.gaps().stream().map(gap -> new Line(line, gap)))
                .toList();
        if (lines.isEmpty()) {
            document.add(look.paragraph(texts.say("quality.noGaps")));
            return;
        }
        PdfPTable table = PdfLook.table(28, 22, 22, 10, 18);
        for (String key : new String[] {"meter", "from", "to", "length", "cause"}) {
            table.addCell(look.head(texts.say("quality.column." + key), ALIGN_LEFT));
        }
        for (Line line : lines.subList(0, Math.min(lines.size(), MOST_LINES))) {
            ZoneId zone = zone(line.of().site());
            table.addCell(look.body(
                    small(siteName(line.of().site()) + ": " + line.of().meter()), ALIGN_LEFT));
            table.addCell(look.body(small(texts.minute(line.gap().from(), zone)), ALIGN_LEFT));
            table.addCell(look.body(small(texts.minute(line.gap().to(), zone)), ALIGN_LEFT));
            long minutes = Duration.between(line.gap().from(), line.gap().to()).toMinutes();
            table.addCell(look.body(small(texts.say("quality.minutes", ReportTexts.count(minutes))), ALIGN_LEFT));
            table.addCell(look.body(small(texts.word("cause", line.gap().cause())), ALIGN_LEFT));
        }
        document.add(table);
        more(document, lines.size());
    }

    /** What people have signed for; it is printed in full, however many there are: the evidence binds each of them. */
    private void signedGaps(Document document) {
        if (content.signedGaps().isEmpty()) {
            document.add(look.paragraph(texts.say("quality.noneSigned")));
            return;
        }
        PdfPTable table = PdfLook.table(22, 18, 18, 30, 12);
        for (String key : new String[] {"meter", "from", "to", "reason", "by"}) {
            table.addCell(look.head(texts.say("quality.column." + key), ALIGN_LEFT));
        }
        for (GapsInForce.Logged logged : content.signedGaps()) {
            signedGap(logged, table);
        }
        document.add(table);
    }

    private void signedGap(GapsInForce.Logged logged, PdfPTable table) {
        var gap = logged.gap();
        ZoneId zone = zone(gap.getSite());
        String meter = gap.getMeter().isEmpty() ? texts.say("quality.everyMeter") : gap.getMeter();
        table.addCell(look.body(small(siteName(gap.getSite()) + ": " + meter), ALIGN_LEFT));
        table.addCell(look.body(small(texts.minute(Instant.ofEpochMilli(gap.getFromMs()), zone)), ALIGN_LEFT));
        table.addCell(look.body(small(texts.minute(Instant.ofEpochMilli(gap.getToMs()), zone)), ALIGN_LEFT));
        table.addCell(look.body(small(gap.getReason()), ALIGN_LEFT));
        table.addCell(look.body(small(texts.say("quality.signedBy", logged.by(), logged.logIndex())), ALIGN_LEFT));
    }

    private void events(Document document) {
        record Line(ChannelQuality of, RegisterNote event) {}
        List<Line> lines = content.quality().stream()
                .flatMap(line -> line.events().stream().map(event -> new Line(line, event)))
                .toList();
        if (lines.isEmpty()) {
            document.add(look.paragraph(texts.say("quality.noEvents")));
            return;
        }
        PdfPTable table = PdfLook.table(28, 22, 16, 34);
        for (String key : new String[] {"meter", "at", "kind", "note"}) {
            table.addCell(look.head(texts.say("quality.column." + key), ALIGN_LEFT));
        }
        for (Line line : lines.subList(0, Math.min(lines.size(), MOST_LINES))) {
            table.addCell(look.body(
                    small(siteName(line.of().site()) + ": " + line.of().meter()), ALIGN_LEFT));
            table.addCell(look.body(
                    small(texts.minute(line.event().at(), zone(line.of().site()))), ALIGN_LEFT));
            table.addCell(look.body(small(texts.word("event", line.event().kind())), ALIGN_LEFT));
            table.addCell(look.body(small(line.event().detail()), ALIGN_LEFT));
        }
        document.add(table);
        more(document, lines.size());
    }

    private void more(Document document, int lines) {
        if (lines > MOST_LINES) {
            document.add(look.soft(texts.say("quality.more", lines - MOST_LINES)));
        }
    }

    private Phrase small(String words) {
        return new Phrase(words, look.text(8, PdfLook.INK));
    }

    private String siteName(String site) {
        SitePlan plan = sites.get(site);
        return plan == null ? site : plan.name();
    }

    private ZoneId zone(String site) {
        SitePlan plan = sites.get(site);
        return plan == null ? ZoneId.of("UTC") : plan.zone();
    }
}
