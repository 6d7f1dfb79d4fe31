package energy.audit.web.report;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;

/** What a form of this session must bring to have a report issued, so that no other site can have it done. */
@Named("reportToken")
@SessionScoped
public class ReportToken implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String value = UUID.randomUUID().toString();

    public String getValue() {
        return value;
    }
}
