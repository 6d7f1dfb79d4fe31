package energy.audit.web.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Our failure: the cause is in the server's log under the reference that the caller gets. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(FailureMapper.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException answer) {
            int status = answer.getResponse().getStatus();
            return Response.fromResponse(answer.getResponse())
                    .type(RefusalMapper.PROBLEM_JSON)
                    .entity(new Problem(
                            "about:blank",
                            "request",
                            status,
                            String.valueOf(answer.getMessage()),
                            "HTTP_" + status,
                            "Compare the request with the API's description at /openapi.",
                            ""))
                    .build();
        }
        String reference = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, "ERR REQUEST_FAILED reference=" + reference, failure);
        return Response.serverError()
                .type(RefusalMapper.PROBLEM_JSON)
                .entity(new Problem(
                        "about:blank",
                        "request",
                        500,
                        "The server failed. Nothing that was stored is lost.",
                        "REQUEST_FAILED",
                        "Try again; if it stays, give the reference to the operator of the server.",
                        reference))
                .build();
    }
}
