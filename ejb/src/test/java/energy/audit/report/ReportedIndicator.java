package energy.audit.report;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.analysis.document.NumberText;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.consumption.DerivedHours;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.kernel.LogSize;
import energy.audit.performance.Baseline;
import energy.audit.performance.Baseline.Factor;
import energy.audit.performance.EnpiDraft;
import energy.audit.performance.RelevantVariable;
import energy.audit.verifier.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A plant with an approved indicator, its reports, and what a verifier says of them. */
abstract class ReportedIndicator {
    static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    static final LocalDate END = LocalDate.of(2025, 4, 2);
    static final LocalDate HOLE = LocalDate.of(2025, 3, 27);

    @TempDir
    private Path folder = Path.of("");

    final House house = new House();
    final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private Optional<Reports> reports = Optional.empty();

    @BeforeEach
    void people() throws Exception {
        reports = Optional.of(new Reports(
                house.access,
                house.log,
                house.ingest,
                house.performance,
                house.variables,
                house.logKey,
                TestKeys.reportKey(),
                house.clock));
        Instant now = house.clock.instant();
        house.in(plant.tenant, () -> {
            house.access.grant("emma", Role.ENERGY_MANAGER, now, Optional.empty(), "test");
            house.access.grant("carl", Role.CONSULTANT, now, Optional.empty(), "test");
        });
    }

    void approved(ModelKind kind, String... origins) {
        DerivedHours.derive(house, plant.tenant);
        as(
                "emma",
                () -> house.performance.define(new EnpiDraft(
                        "hall-power",
                        "Power of the hall",
                        SITE,
                        kind == ModelKind.RATIO ? List.of(MAIN, GAS) : List.of(MAIN),
                        kind,
                        java.util.stream.Stream.of(origins)
                                .map(origin -> RelevantVariable.parse(name(origin) + origin))
                                .toList(),
                        Resolution.DAY,
                        "",
                        "energy review 2025")));
        Baseline proposed = as(
                "emma",
                () -> house.performance.propose(
                        "hall-power", FIRST, LAST, List.of(), List.of(new Factor("presses", "2")), "energy review"));
        as("carl", () -> house.performance.decide(proposed.id(), true, "statistics checked"));
    }

    static String name(String origin) {
        return origin.startsWith("amount:") || origin.startsWith("mean:") ? "water=" : "";
    }

    <T> T as(String person, Supplier<T> work) {
        return house.access.inTenant(new Caller(person, Set.of()), plant.tenant, work);
    }

    Path issue(ReportFormat format) throws IOException {
        return issue(format, LogSize.NEWEST);
    }

    Path issue(ReportFormat format, LogSize size) throws IOException {
        ReportRequest request = new ReportRequest(
                Optional.empty(), FIRST, LocalDate.of(2025, 3, 31), format, size, Optional.empty(), Locale.ENGLISH);
        try (IssuedReport report =
                house.in(plant.tenant, () -> reports.orElseThrow().issue(request))) {
            return Files.copy(report.file(), folder.resolve(java.util.UUID.randomUUID() + "." + format.extension()));
        }
    }

    static String verdict(Path file) {
        StringWriter said = new StringWriter();
        int exit = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(file.toString());
        return exit + " " + said;
    }

    static List<Figure> figures(Path zip) throws Exception {
        byte[] evidence = Objects.requireNonNull(
                SealedArchive.peek(Files.readAllBytes(zip)).get("evidence.pb"));
        return EvidenceBundle.parseFrom(evidence).getFigures().getFiguresList();
    }

    static List<Figure> of(List<Figure> figures, EnpiFormula formula) {
        return figures.stream()
                .filter(figure -> figure.getFormula().equals(formula.text()))
                .toList();
    }

    static String value(List<Figure> figures, EnpiFormula formula) {
        List<Figure> found = of(figures, formula);
        assertThat(found).as(formula.text()).hasSize(1);
        return found.get(0).getValue();
    }

    /** As everywhere else it is shown. */
    static String inFull(double value) {
        return NumberText.of(value);
    }

    static String text(Path pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            return new PDFTextStripper().getText(document);
        }
    }
}
