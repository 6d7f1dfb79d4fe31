package energy.audit.web.report;

import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.report.IssuedReport;
import energy.audit.report.ReportFormat;
import energy.audit.report.ReportRequest;
import energy.audit.report.Reports;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.file.Files;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Signed reports. */
@Path("/tenants/{tenant}/reports")
@RequestScoped
public class ReportsResource {
    @Inject
    Entrance entrance;

    @Inject
    Reports reports;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Issue a signed report {site?, from, to, format: pdf|csv, asKnownAt?, comparedWith?, language?}; days are local to"
                            + " the site, the last one included. Headers X-Log-Size, X-Log-Root and X-Report-Id name what it rests on")
    public Response issue(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("report", text)
                .onlyFields("site", "from", "to", "format", "asKnownAt", "comparedWith", "language");
        ReportRequest request = new ReportRequest(
                body.optionalText("site").filter(site -> !site.isBlank()).map(SiteId::of),
                Query.date("from", body.text("from")),
                Query.date("to", body.text("to")),
                format(body.text("format")),
                body.optionalLong("asKnownAt").map(LogSize::of).orElse(LogSize.NEWEST),
                body.optionalLong("comparedWith").map(LogSize::of),
                Locale.forLanguageTag(body.optionalText("language").orElse("en")));
        // committed before it is sent: what is sent is in the log
        IssuedReport report = entrance.in(tenant, () -> reports.issue(request));
        StreamingOutput bytes = out -> {
            try (report) {
                Files.copy(report.file(), out);
            }
        };
        return Response.ok(bytes, report.format().mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + report.fileName() + "\"")
                .header("X-Log-Size", report.logSize())
                .header("X-Log-Root", report.rootHex())
                .header("X-Report-Id", report.reportId())
                .build();
    }

    private static ReportFormat format(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "pdf" -> ReportFormat.PDF;
            case "csv" -> ReportFormat.CSV;
            default ->
                throw Refusal.invalid(
                        "BAD_FIELD",
                        "report, field format = '" + text + "'",
                        "there is no such format",
                        "Use pdf or csv.");
        };
    }
}
