package energy.audit.web.rest;

import energy.audit.analysis.table.RowFault;
import energy.audit.kernel.Fault;
import energy.audit.kernel.Refusal;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * RFC 9457 problem details.
 *
 * @param title the code in words
 * @param detail what happened, to which thing, and why
 * @param code stable, for programs
 * @param nextStep what the reader can do
 * @param reference found again in the server's log; empty when nothing was logged
 * @param errors rows of a table that are the reason, all of them; mostly none
 */
public record Problem(
        int status,
        String title,
        String detail,
        String code,
        String nextStep,
        Optional<String> reference,
        List<RowFault> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Refusal refusal) {
        return new Problem(
                refusal.kind().httpStatus(),
                words(refusal.code()),
                refusal.what() + ": " + refusal.why(),
                refusal.code(),
                refusal.nextStep(),
                Optional.empty(),
                refusal.rows());
    }

    /** Says what failed, and leaves the cause's own words to the log. */
    public static Problem of(Fault fault, String reference) {
        return new Problem(
                500,
                "The server could not do it",
                "Nothing of this request was kept; nothing that was stored before is lost",
                fault.code(),
                "Try again; if it stays, tell the operator the reference.",
                Optional.of(reference),
                List.of());
    }

    public static Problem unexpected(String reference) {
        return new Problem(
                500,
                "The server could not do it",
                "Nothing of this request was kept; nothing that was stored before is lost",
                "UNEXPECTED",
                "Try again; if it stays, tell the operator the reference.",
                Optional.of(reference),
                List.of());
    }

    public static Problem plain(int status, String title, String detail, String nextStep) {
        return new Problem(
                status,
                title,
                detail,
                title.toUpperCase(Locale.ROOT).replace(' ', '_'),
                nextStep,
                Optional.empty(),
                List.of());
    }

    public String json() {
        var json = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .add("code", code)
                .add("nextStep", nextStep);
        reference.ifPresent(value -> json.add("reference", value));
        if (!errors.isEmpty()) {
            JsonArrayBuilder rows = Json.createArrayBuilder();
            errors.forEach(each -> rows.add(Json.createObjectBuilder()
                    .add("row", each.row())
                    .add("column", each.column())
                    .add("why", each.why())));
            json.add("errors", rows);
        }
        return json.build().toString();
    }

    private static String words(String code) {
        String lower = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    }
}
