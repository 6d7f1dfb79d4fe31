package energy.audit.web.problem;

import energy.audit.kernel.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The answer is no: says what, why, and what to do. */
@Provider
public class RefusalMapper implements ExceptionMapper<Refusal> {
    static final String PROBLEM_JSON = "application/problem+json";

    @Override
    public Response toResponse(Refusal refusal) {
        int status = refusal.kind().httpStatus();
        return Response.status(status)
                .type(PROBLEM_JSON)
                .entity(new Problem(
                        "about:blank", refusal.what(), status, refusal.why(), refusal.code(), refusal.nextStep(), ""))
                .build();
    }
}
