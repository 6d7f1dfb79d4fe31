package energy.audit.report;

import com.google.protobuf.ByteString;
import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SignedPdf;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ReportIssued;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.EntryDraft;
import energy.audit.log.LogKey;
import energy.audit.log.TenantLog;
import energy.audit.performance.Performance;
import energy.audit.variables.Variables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Issues signed reports of the current tenant. */
@ApplicationScoped
public class Reports {
    private static final Logger LOG = Logger.getLogger(Reports.class.getName());

    private final Access access;
    private final TenantLog log;
    private final ReportSealing sealing;
    private final LogKey logKey;
    private final ReportKey reportKey;
    private final Clock clock;

    @Inject
    public Reports(
            Access access,
            TenantLog log,
            Ingest ingest,
            Performance performance,
            Variables variables,
            LogKey logKey,
            ReportKey reportKey,
            Clock clock) {
        this.access = access;
        this.log = log;
        this.sealing = new ReportSealing(log, ingest, performance, variables);
        this.logKey = logKey;
        this.reportKey = reportKey;
        this.clock = clock;
    }

    /**
     * Computes the figures from the first N entries of the log, prints and signs them with their evidence, and enters
     * the report in the log, after N. Runs inside the caller's transaction: the report counts when that commits.
     *
     * @return a temporary file; close it after sending
     * @throws Refusal NOT_IN_LOG for a size the log has not reached, NO_METERING where no site is configured by then
     */
    public IssuedReport issue(ReportRequest request) {
        access.require(Permission.ISSUE_REPORT);
        LogSize size = log.resolved(request.asKnownAt());
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        SealedContent sealed = compared(request, size, issuedAt, sealing.sealed(request, size, issuedAt));
        String reportId = sealed.content().figures().getReportId();
        Path file = written(request, sealed, issuedAt);
        log.append(new EntryDraft(
                EntryKind.REPORT_ISSUED,
                access.actor(),
                ReportIssued.newBuilder()
                        .setReportId(reportId)
                        .setFiguresSha256(ByteString.copyFrom(
                                Hash.sha256(sealed.figures()).bytes()))
                        .setLogSize(size.entries())
                        .setFormat(request.format().name().toLowerCase(java.util.Locale.ROOT))
                        .build()
                        .toByteArray()));
        LOG.log(
                Level.INFO,
                () -> LogCode.REPORT_ISSUED + " report=" + reportId + " tenant="
                        + sealed.content().figures().getTenant() + " size=" + size.entries() + " by=" + access.actor());
        String name = sealed.content().figures().getTenant()
                + request.site().map(site -> "-" + site).orElse("") + "-" + request.from() + "-" + request.to() + "."
                + request.format().extension();
        return new IssuedReport(
                reportId,
                request.format(),
                size.entries(),
                sealed.content().evidence().rootHex(),
                name,
                file);
    }

    private SealedContent compared(ReportRequest request, LogSize size, Instant issuedAt, SealedContent sealed) {
        if (request.comparedWith().isEmpty()) {
            return sealed;
        }
        LogSize earlier = log.resolved(request.comparedWith().get());
        if (earlier.compareTo(size) > 0) {
            throw Refusal.invalid(
                    "COMPARED_WITH_LATER",
                    "report on log size " + size.entries(),
                    "it would be compared with the later log size " + earlier.entries(),
                    "Name an earlier one.");
        }
        KnownSince since = KnownSince.of(
                earlier.entries(),
                sealing.sealed(request, earlier, issuedAt).content().figures().getFiguresList(),
                sealed.content().figures().getFiguresList(),
                sealed.entries());
        return new SealedContent(
                sealed.content().comparedWith(since), sealed.figures(), sealed.evidence(), sealed.entries());
    }

    private Path written(ReportRequest request, SealedContent sealed, Instant issuedAt) {
        ReportTexts texts = ReportTexts.in(request.language());
        try {
            Path file = Files.createTempFile(
                    "energy-audit-report-", "." + request.format().extension());
            try (OutputStream out = Files.newOutputStream(file)) {
                if (request.format() == ReportFormat.CSV) {
                    new CsvReport(sealed.content(), texts)
                            .writeTo(out, sealed.figures(), sealed.evidence(), logKey.key());
                } else {
                    ByteArrayOutputStream pages = new ByteArrayOutputStream();
                    new PdfReport(sealed.content(), texts)
                            .attach(sealed.figures(), sealed.evidence())
                            .writeTo(pages);
                    out.write(SignedPdf.sign(
                            SignatureRoom.settled(pages.toByteArray()),
                            reportKey.key(),
                            reportKey.certificate(),
                            issuedAt));
                }
            } catch (IOException | GeneralSecurityException | MalformedEvidence | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return file;
        } catch (IOException | GeneralSecurityException | MalformedEvidence e) {
            throw new Fault(
                    "REPORT_NOT_WRITTEN",
                    "report " + sealed.content().figures().getReportId(),
                    String.valueOf(e.getMessage()),
                    "Look at the server's temporary directory and the report key; nothing was entered in the log.",
                    e);
        }
    }
}
