package energy.audit.web.rest;

import energy.audit.kernel.Fault;
import energy.audit.kernel.Refusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one place where a failure of a request becomes an answer. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(Problems.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException known) {
            return answer(of(known), known.getResponse());
        }
        return answer(of(failure), null);
    }

    /** What to say about a failure; ours are logged with the reference that the answer carries. */
    public static Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Problem.of(refusal);
            }
            if (cause instanceof Fault fault) {
                return Problem.of(fault, logged(failure));
            }
        }
        return Problem.unexpected(logged(failure));
    }

    private static String logged(Throwable failure) {
        String reference = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        LOG.log(Level.SEVERE, "ERR REQUEST_FAILED reference=" + reference, failure);
        return reference;
    }

    private static Problem of(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return Problem.unexpected(logged(failure));
        }
        Response.StatusType words = failure.getResponse().getStatusInfo();
        String detail = failure.getMessage() == null ? words.getReasonPhrase() : failure.getMessage();
        return Problem.plain(status, words.getReasonPhrase(), detail, "Look at /openapi for what is there.");
    }

    private static Response answer(Problem problem, @org.jspecify.annotations.Nullable Response from) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
        if (from != null && from.getHeaderString(HttpHeaders.ALLOW) != null) {
            answer.header(HttpHeaders.ALLOW, from.getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }
}
