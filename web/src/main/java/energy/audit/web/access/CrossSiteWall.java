package energy.audit.web.access;

import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lets a browser's session reach data and sign-out only from our own pages; see {@link CrossSiteToken}. */
public final class CrossSiteWall extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader("Authorization") != null || CrossSiteToken.isShownBy(request)) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem = Problem.of(Refusal.forbidden(
                "NO_CSRF_TOKEN",
                request.getMethod() + " " + request.getRequestURI(),
                "the request does not show this session's token in " + CrossSiteToken.HEADER,
                "Load the page again; programs use /api with a bearer token."));
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(problem.json().getBytes(StandardCharsets.UTF_8));
    }
}
