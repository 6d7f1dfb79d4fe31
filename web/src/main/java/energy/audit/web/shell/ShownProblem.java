package energy.audit.web.shell;

import energy.audit.web.rest.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;

/** What the page of a failed request says. */
@Named("problem")
@RequestScoped
public class ShownProblem {
    private final Problem problem;

    @Inject
    public ShownProblem(HttpServletRequest request) {
        this.problem = request.getAttribute(ProblemPage.ATTRIBUTE) instanceof Problem known
                ? known
                : Problem.plain(404, "Not found", "There is nothing at this address", "Use the navigation.");
    }

    public String getTitle() {
        return problem.title();
    }

    public String getDetail() {
        return problem.detail();
    }

    public String getNextStep() {
        return problem.nextStep();
    }

    public String getReference() {
        return problem.reference().orElse("");
    }
}
