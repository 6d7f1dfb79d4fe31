package energy.audit.report;

import static com.lowagie.text.Element.ALIGN_LEFT;
import static com.lowagie.text.Element.ALIGN_RIGHT;

import com.lowagie.text.Document;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfPTable;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.report.KnownSince.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Line by line, what has changed since an earlier prefix of the log. A figure's id stands before its numbers here: after
 * a number it would say that the evidence gives that number.
 */
final class SincePages {
    private static final int CAUSES = 3;

    private final KnownSince since;
    private final ReportTexts texts;
    private final PdfLook look;

    SincePages(KnownSince since, ReportTexts texts, PdfLook look) {
        this.since = since;
        this.texts = texts;
        this.look = look;
    }

    void addTo(Document document) {
        String size = ReportTexts.count(since.earlierSize());
        int different = since.changes().size() + since.gone().size();
        document.add(EnergyPages.title(
                look,
                texts.say("since.title", size),
                different == 0
                        ? texts.say("since.none")
                        : texts.say(
                                "since.answer",
                                ReportTexts.count(different),
                                ReportTexts.count((long) different + since.unchanged()))));
        document.add(look.paragraph(texts.say("since.rule", size)));
        if (different == 0) {
            return;
        }
        PdfPTable table = PdfLook.table(9, 27, 34, 15, 15);
        table.addCell(look.head(texts.say("quality.column.figure"), ALIGN_LEFT));
        table.addCell(look.head(texts.say("quality.column.label"), ALIGN_LEFT));
        table.addCell(look.head(texts.say("since.column.why"), ALIGN_LEFT));
        table.addCell(look.head(texts.say("since.column.then", size), ALIGN_RIGHT));
        table.addCell(look.head(texts.say("since.column.now"), ALIGN_RIGHT));
        for (Change change : since.changes()) {
            line(table, change.now().getId(), change.now(), causes(change), change.before(), Optional.of(change.now()));
        }
        for (Figure gone : since.gone()) {
            line(table, "", gone, texts.say("since.gone"), Optional.of(gone), Optional.empty());
        }
        document.add(table);
    }

    private void line(
            PdfPTable table, String id, Figure about, String why, Optional<Figure> then, Optional<Figure> now) {
        String place = about.getSite().isEmpty() ? "" : about.getSite() + ": ";
        table.addCell(look.body(small(id), ALIGN_LEFT));
        table.addCell(look.body(small(place + about.getLabel()), ALIGN_LEFT));
        table.addCell(look.body(small(why), ALIGN_LEFT));
        table.addCell(look.body(small(value(then)), ALIGN_RIGHT));
        table.addCell(look.body(small(value(now)), ALIGN_RIGHT));
    }

    private String value(Optional<Figure> figure) {
        if (figure.isEmpty()) {
            return "\u2013";
        }
        String value = figure.get().getValue();
        return (value.isEmpty()
                        ? texts.say("figure.missing")
                        : ReportTexts.grouped(value) + " "
                                + texts.word("unit", figure.get().getUnit()))
                + "\n" + texts.word("quality", figure.get().getQuality());
    }

    private String causes(Change change) {
        List<String> words = new ArrayList<>();
        for (Cause cause :
                change.causes().subList(0, Math.min(CAUSES, change.causes().size()))) {
            words.add(words(cause));
        }
        if (change.causes().size() > CAUSES) {
            words.add(texts.say("quality.more", change.causes().size() - CAUSES));
        }
        if (words.isEmpty()) {
            words.add(texts.say(change.before().isEmpty() ? "since.added" : "since.unknown"));
        }
        return String.join("; ", words);
    }

    private String words(Cause cause) {
        if (cause instanceof Cause.Readings readings) {
            return texts.say(
                    "since.readings", ReportTexts.count(readings.logIndex()), texts.utc(readings.admittedAt()));
        }
        if (cause instanceof Cause.Configuration configuration) {
            return texts.say(
                    "since." + configuration.kind(),
                    ReportTexts.count(configuration.logIndex()),
                    texts.utc(configuration.admittedAt()),
                    texts.utc(configuration.from()),
                    configuration.before().isEmpty() ? "\u2013" : configuration.before(),
                    configuration.now().isEmpty() ? "\u2013" : configuration.now(),
                    texts.word("unit", configuration.unit()));
        }
        if (cause instanceof Cause.Exchange exchange) {
            MeterExchange entry = exchange.exchange();
            return texts.say(
                    entry.getWithdrawn() ? "since.exchange.withdrawn" : "since.exchange",
                    ReportTexts.count(exchange.logIndex()),
                    texts.utc(exchange.admittedAt()),
                    texts.utc(Instant.ofEpochMilli(entry.getAtMs())),
                    ReportTexts.count(exchange.oldFinal()),
                    ReportTexts.count(exchange.newInitial()),
                    entry.getTechnician(),
                    entry.getReason());
        }
        return texts.say("since.terms");
    }

    private Phrase small(String words) {
        return new Phrase(words, look.text(8, PdfLook.INK));
    }
}
