package energy.audit.report;

import com.lowagie.text.Element;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfTemplate;
import energy.audit.evidence.wire.Figure;
import java.util.List;
import java.util.Map;

/** Monthly energy of a site as grouped bars, one a source, drawn in vectors. A month without a figure stays empty. */
final class MonthlyBars {
    private static final float HEIGHT = 168;
    private static final float LEFT = 46;
    private static final float BOTTOM = 20;
    private static final float TOP = 22;

    private final SitePlan site;
    private final ReportTexts texts;
    private final PdfLook look;
    private final Map<String, Figure> figures;

    MonthlyBars(SitePlan site, ReportTexts texts, PdfLook look, Map<String, Figure> figures) {
        this.site = site;
        this.texts = texts;
        this.look = look;
        this.figures = figures;
    }

    PdfTemplate draw(PdfContentByte canvas, float width) {
        PdfTemplate plot = canvas.createTemplate(width, HEIGHT);
        double step = niceStep(highest() / 4);
        int lines = Math.max(1, (int) Math.ceil(highest() / step - 1e-9));
        float plotHeight = HEIGHT - BOTTOM - TOP;
        for (int line = 0; line <= lines; line++) {
            float y = BOTTOM + plotHeight * line / lines;
            plot.setColorStroke(line == 0 ? PdfLook.SOFT : PdfLook.LINE);
            plot.setLineWidth(line == 0 ? 0.7f : 0.4f);
            plot.moveTo(LEFT, y);
            plot.lineTo(width, y);
            plot.stroke();
            words(plot, Element.ALIGN_RIGHT, axis(step * line), LEFT - 5, y - 2.5f, 7);
        }
        words(plot, Element.ALIGN_LEFT, "MWh", 0, HEIGHT - 10, 7);
        bars(plot, width, step * lines, plotHeight);
        legend(plot, width);
        return plot;
    }

    private void bars(PdfTemplate plot, float width, double scaleKwh, float plotHeight) {
        List<Span> spans = site.spans();
        float slot = (width - LEFT) / spans.size();
        float bar = Math.min(18, slot * 0.72f / site.sources().size());
        int every = Math.max(1, (int) Math.ceil(34 / slot));
        for (int at = 0; at < spans.size(); at++) {
            float middle = LEFT + slot * (at + 0.5f);
            float x = middle - bar * site.sources().size() / 2;
            for (PlanRow row : site.sources()) {
                double kwh = kwh(row.figures().get(at));
                if (isOpen(row.figures().get(at))) {
                    open(plot, x + bar / 2);
                }
                plot.setColorFill(PdfLook.source(row.source()));
                plot.rectangle(x + 0.5f, BOTTOM, bar - 1, (float) (plotHeight * kwh / scaleKwh));
                plot.fill();
                x += bar;
            }
            if (at % every == 0) {
                words(plot, Element.ALIGN_CENTER, texts.shortMonth(spans.get(at).month()), middle, 8, 7);
            }
        }
    }

    private void legend(PdfTemplate plot, float width) {
        float x = width;
        for (int at = site.sources().size() - 1; at >= 0; at--) {
            PlanRow row = site.sources().get(at);
            String name = texts.word("source", row.source());
            x -= look.regular().getWidthPoint(name, 8);
            words(plot, Element.ALIGN_LEFT, name, x, HEIGHT - 10, 8);
            x -= 11;
            plot.setColorFill(PdfLook.source(row.source()));
            plot.rectangle(x, HEIGHT - 10.5f, 7, 7);
            plot.fill();
            x -= 14;
        }
    }

    /** Says upright in the bar's place that there is no figure, so that it does not look like zero. */
    private void open(PdfTemplate plot, float x) {
        plot.beginText();
        plot.setFontAndSize(look.regular(), 6);
        plot.setColorFill(PdfLook.WARN);
        plot.showTextAligned(Element.ALIGN_LEFT, texts.say("figure.missing"), x + 2, BOTTOM + 4, 90);
        plot.endText();
    }

    private void words(PdfTemplate plot, int alignment, String words, float x, float y, float size) {
        plot.beginText();
        plot.setFontAndSize(look.regular(), size);
        plot.setColorFill(PdfLook.SOFT);
        plot.showTextAligned(alignment, words, x, y, 0);
        plot.endText();
    }

    private static String axis(double kwh) {
        double mwh = kwh / 1000;
        return mwh == Math.rint(mwh)
                ? ReportTexts.count((long) mwh)
                : String.format(java.util.Locale.ROOT, "%.1f", mwh);
    }

    private double highest() {
        return Math.max(
                1,
                site.sources().stream()
                        .flatMap(row -> row.figures().stream())
                        .mapToDouble(this::kwh)
                        .max()
                        .orElse(1));
    }

    private boolean isOpen(String id) {
        Figure figure = figures.get(id);
        return figure == null || figure.getValue().isEmpty();
    }

    private double kwh(String id) {
        Figure figure = figures.get(id);
        return figure == null || figure.getValue().isEmpty() ? 0 : Math.max(0, Double.parseDouble(figure.getValue()));
    }

    /** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below. */
    static double niceStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
