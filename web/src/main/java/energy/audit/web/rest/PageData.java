package energy.audit.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The same resources for our own pages: a browser's session, and the session's token in a header. */
@ApplicationPath("/data")
public class PageData extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Resources.ALL;
    }
}
