package energy.audit.web.shell;

import energy.audit.kernel.Fault;
import energy.audit.tenancy.Tenancy;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says up or down to anybody: live when it answers at all, ready when the database answers too. */
@WebServlet(
        name = "health",
        urlPatterns = {"/health/live", "/health/ready"})
public class Health extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(Health.class.getName());

    private final transient Tenancy tenancy;

    @Inject
    public Health(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean up = request.getServletPath().equals("/health/live") || ready();
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.getWriter().write(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }

    private boolean ready() {
        try {
            tenancy.directory();
            return true;
        } catch (Fault e) {
            LOG.log(Level.WARNING, "ERR NOT_READY cause=" + e.code(), e);
            return false;
        }
    }
}
