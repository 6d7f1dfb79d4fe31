package energy.audit.web.shell;

import energy.audit.web.rest.Problem;
import energy.audit.web.rest.Problems;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Where the server sends a request that failed: a page for people, problem+json for programs. */
@WebServlet(name = "problem", urlPatterns = "/problem")
public class ProblemPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String ATTRIBUTE = "energy.audit.problem";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Problem problem = problem(request);
        response.setStatus(problem.status());
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = uri == null ? "" : uri.toString();
        if (path.startsWith("/api") || path.startsWith("/data")) {
            response.setContentType(Problem.MEDIA_TYPE);
            response.getOutputStream().write(problem.json().getBytes(StandardCharsets.UTF_8));
            return;
        }
        request.setAttribute(ATTRIBUTE, problem);
        request.getRequestDispatcher("/pages/problem.xhtml").forward(request, response);
    }

    private static Problem problem(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            return Problems.of(failure);
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        String detail = message == null || message.toString().isBlank() ? "HTTP status " + status : message.toString();
        return switch (status) {
            case 401 -> Problem.plain(401, "Unauthorized", "No valid bearer token was sent", "Sign in.");
            case 403 -> Problem.plain(403, "Forbidden", "This is not open to you", "Use the navigation.");
            case 404 -> Problem.plain(404, "Not found", "There is nothing at this address", "Use the navigation.");
            default -> Problem.plain(status, "HTTP " + status, detail, "Go back and try again.");
        };
    }
}
