package energy.audit.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class Rest extends Application {}
