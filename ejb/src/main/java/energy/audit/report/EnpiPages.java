package energy.audit.report;

import static com.lowagie.text.Element.ALIGN_LEFT;
import static com.lowagie.text.Element.ALIGN_RIGHT;

import com.lowagie.text.Document;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.Figure;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Decision;
import energy.audit.performance.EnpiDefinition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An indicator: what it is, its model, energy against what was expected, and what may be claimed or why nothing may. */
final class EnpiPages {
    /** Percent of the page's width: three columns of numbers beside their name. */
    private static final float THIRD = 25;

    private final EnpiChapter chapter;
    private final ReportTexts texts;
    private final PdfLook look;
    private final Map<String, Figure> figures;

    EnpiPages(EnpiChapter chapter, ReportTexts texts, PdfLook look, Map<String, Figure> figures) {
        this.chapter = chapter;
        this.texts = texts;
        this.look = look;
        this.figures = figures;
    }

    void addTo(Document document, PdfWriter writer) {
        document.add(EnergyPages.title(look, chapter.of().enpi().name(), headline()));
        document.add(definition());
        if (!chapter.whyNot().isEmpty()) {
            document.add(look.paragraph(texts.say(chapter.whyNot())));
            return;
        }
        claim(document, writer);
        look.heading(document, writer, texts.say("enpi.model"));
        document.add(look.paragraph(
                chapter.modelAgainst().isEmpty()
                        ? texts.say("enpi.valid")
                        : texts.say("enpi.invalid", String.join(" ", chapter.modelAgainst()))));
        document.add(coefficients());
        document.add(statistics());
        if (!chapter.lines().isEmpty()) {
            look.heading(document, writer, texts.say("enpi.intervals"));
            document.add(look.soft(texts.say("enpi.intervalsRule")));
            document.add(intervals());
            if (!chapter.of().enpi().variables().isEmpty()) {
                look.heading(document, writer, texts.say("enpi.variables"));
                document.add(variables());
            }
        }
    }

    private String headline() {
        Optional<BigDecimal> savings =
                number(EnpiFormula.SAVINGS_AFTER_ADJUSTMENTS).or(() -> number(EnpiFormula.SAVINGS));
        if (savings.isEmpty()) {
            return texts.say("enpi.headline.none");
        }
        // also where the error bar cannot be told
        boolean told = number(EnpiFormula.UNCERTAINTY)
                .map(bar -> savings.get().abs().compareTo(bar) > 0)
                .orElse(false);
        if (!told) {
            return texts.say("enpi.headline.untold");
        }
        return texts.say(
                savings.get().signum() > 0 ? "enpi.headline.less" : "enpi.headline.more",
                ReportTexts.grouped(savings.get().abs().toPlainString()));
    }

    private Optional<BigDecimal> number(EnpiFormula formula) {
        return total(formula)
                .map(Figure::getValue)
                .filter(value -> !value.isEmpty())
                .map(BigDecimal::new);
    }

    private PdfPTable definition() {
        EnpiDefinition enpi = chapter.of().enpi();
        PdfPTable table = PdfLook.table(26, 74);
        table.setHeaderRows(0);
        fact(table, "enpi.fact.id", enpi.id() + ", " + texts.say("enpi.version", enpi.version()));
        fact(
                table,
                "enpi.fact.boundary",
                String.join(", ", enpi.channels().stream().map(c -> c.value()).toList()));
        fact(table, "enpi.fact.kind", texts.word("enpi.kind", enpi.kind().text()));
        enpi.variables()
                .forEach(v ->
                        fact(table, "enpi.fact.variable", v.id() + " = " + v.source() + ", " + enpi.unitOf(v.id())));
        fact(
                table,
                "enpi.fact.baseline",
                texts.say(
                        "cover.period",
                        texts.day(chapter.of().baseline().first()),
                        texts.day(chapter.of().baseline().last())));
        fact(
                table,
                "enpi.fact.approved",
                texts.say(
                        "enpi.approved",
                        chapter.of().baseline().author(),
                        chapter.of().baseline().decision().map(Decision::person).orElse("\u2013"),
                        chapter.of()
                                .baseline()
                                .decision()
                                .map(d -> texts.utc(d.at()))
                                .orElse("\u2013")));
        return table;
    }

    private void fact(PdfPTable table, String key, String value) {
        table.addCell(look.body(new Phrase(texts.say(key), look.text(8.5f, PdfLook.SOFT)), ALIGN_LEFT));
        table.addCell(look.body(new Phrase(value, look.text(8.5f, PdfLook.INK)), ALIGN_LEFT));
    }

    private void claim(Document document, PdfWriter writer) {
        look.heading(document, writer, texts.say("enpi.savings"));
        if (chapter.lines().isEmpty()) {
            document.add(look.paragraph(texts.say("enpi.noIntervals")));
            return;
        }
        if (!chapter.against().isEmpty()) {
            boolean review = chapter.of().standing().review().isPresent();
            document.add(look.paragraph(
                    texts.say(review ? "enpi.review" : "enpi.noClaim", String.join(" ", chapter.against()))));
        }
        PdfPTable table = PdfLook.table(44, 36, 20);
        table.setHeaderRows(0);
        for (EnpiFormula formula : EnpiFormula.values()) {
            total(formula).ifPresent(figure -> number(table, formula, figure));
        }
        document.add(table);
        if (chapter.totals().containsKey(EnpiFormula.ADJUSTMENTS)) {
            chapter.of().counted().forEach(each -> document.add(look.paragraph(adjustment(each))));
        }
        for (Adjustment each : chapter.of().notCounted()) {
            document.add(look.paragraph(texts.say(
                    "enpi.adjustment." + chapter.of().effect(each).name().toLowerCase(java.util.Locale.ROOT),
                    each.number(),
                    each.staticFactor(),
                    texts.day(each.first()),
                    texts.day(each.last()),
                    each.author())));
        }
        if (chapter.against().isEmpty()) {
            document.add(look.soft(texts.say("enpi.claimRule")));
        }
    }

    private String adjustment(Adjustment each) {
        return texts.say(
                "enpi.adjustment",
                each.number(),
                each.staticFactor(),
                texts.day(each.first()),
                texts.day(each.last()),
                each.energyKwh().toPlainString(),
                each.method(),
                each.evidence(),
                each.author(),
                each.decision().map(Decision::person).orElse("\u2013"));
    }

    private Optional<Figure> total(EnpiFormula formula) {
        return Optional.ofNullable(chapter.totals().get(formula)).flatMap(this::figure);
    }

    private Optional<Figure> figure(String id) {
        return Optional.ofNullable(figures.get(id));
    }

    private void number(PdfPTable table, EnpiFormula formula, Figure figure) {
        table.addCell(look.body(texts.say("enpi.of." + formula.name()), ALIGN_LEFT));
        table.addCell(look.body(look.number(figure, texts, 9, formula == EnpiFormula.SAVINGS), ALIGN_RIGHT));
        table.addCell(look.body(figure.getUnit().equals("1") ? "" : figure.getUnit(), ALIGN_LEFT));
    }

    private PdfPTable coefficients() {
        PdfPTable table = PdfLook.table(25, THIRD, THIRD, THIRD);
        table.addCell(look.head(texts.say("enpi.column.coefficient"), ALIGN_LEFT));
        for (EnpiFormula formula : List.of(EnpiFormula.COEFFICIENT, EnpiFormula.STANDARD_ERROR, EnpiFormula.P)) {
            table.addCell(look.head(texts.say("enpi.of." + formula.name()), ALIGN_RIGHT));
        }
        for (EnpiChapter.Coefficient each : chapter.coefficients()) {
            String unit = figure(each.estimate()).map(Figure::getUnit).orElse("");
            table.addCell(look.body(each.name() + ", " + unit, ALIGN_LEFT));
            for (String id : List.of(each.estimate(), each.standardError(), each.p())) {
                table.addCell(look.body(phrase(id, THIRD), ALIGN_RIGHT));
            }
        }
        return table;
    }

    private PdfPTable statistics() {
        PdfPTable table = PdfLook.table(44, 36, 20);
        table.setHeaderRows(0);
        for (EnpiFormula formula : EnpiFormula.values()) {
            Optional.ofNullable(chapter.statistics().get(formula))
                    .flatMap(this::figure)
                    .ifPresent(figure -> number(table, formula, figure));
        }
        return table;
    }

    private PdfPTable intervals() {
        PdfPTable table = PdfLook.table(25, THIRD, THIRD, THIRD);
        table.addCell(look.head(texts.say("enpi.column.interval"), ALIGN_LEFT));
        for (EnpiFormula formula : List.of(EnpiFormula.ENERGY, EnpiFormula.EXPECTED, EnpiFormula.CUSUM)) {
            table.addCell(look.head(texts.say("enpi.of." + formula.name()) + ", kWh", ALIGN_RIGHT));
        }
        for (EnpiChapter.Line line : chapter.lines()) {
            table.addCell(look.body(name(line.interval().day()), ALIGN_LEFT));
            for (String id : List.of(line.energy(), line.expected(), line.cusum())) {
                table.addCell(look.body(phrase(id, THIRD), ALIGN_RIGHT));
            }
        }
        return table;
    }

    private PdfPTable variables() {
        EnpiDefinition enpi = chapter.of().enpi();
        float share = 85f / enpi.variables().size();
        float[] widths = new float[enpi.variables().size() + 1];
        java.util.Arrays.fill(widths, share);
        widths[0] = 15;
        PdfPTable table = PdfLook.table(widths);
        table.addCell(look.head(texts.say("enpi.column.interval"), ALIGN_LEFT));
        enpi.variables().forEach(v -> table.addCell(look.head(v.id() + ", " + enpi.unitOf(v.id()), ALIGN_RIGHT)));
        for (EnpiChapter.Line line : chapter.lines()) {
            table.addCell(look.body(name(line.interval().day()), ALIGN_LEFT));
            line.variables().forEach(id -> table.addCell(look.body(phrase(id, share), ALIGN_RIGHT)));
        }
        return table;
    }

    private Phrase phrase(String id, float percentOfPage) {
        return figure(id)
                .map(figure -> look.number(figure, texts, 8.5f, percentOfPage))
                .orElseGet(Phrase::new);
    }

    private String name(LocalDate day) {
        return chapter.of().enpi().step() == Resolution.MONTH ? texts.month(YearMonth.from(day)) : day.toString();
    }
}
