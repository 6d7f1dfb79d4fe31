package energy.audit.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** REST for programs: bearer tokens only. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Industrial energy audit",
                        version = "1",
                        description =
                                "Energy figures that can be checked without trusting this server. Bearer tokens of"
                                        + " the identity provider; problems as RFC 9457; lists are paged by cursor."))
public class Api extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Resources.ALL;
    }
}
