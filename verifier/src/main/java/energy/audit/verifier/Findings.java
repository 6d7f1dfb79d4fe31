package energy.audit.verifier;

import energy.audit.evidence.MalformedEvidence;
import java.util.ArrayList;
import java.util.List;

/** What the verifier has found so far: problems make the report INVALID, remarks do not. */
final class Findings {
    /** Problems beyond this number are counted only. */
    private static final int SHOWN = 200;

    /**
     * @param thing what it is about: a file, a figure, a log entry, a batch
     * @param text what is wrong with it, in words
     */
    record Problem(String thing, String text) {}

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private int unshown;

    void problem(String thing, String text) {
        if (problems.size() < SHOWN) {
            problems.add(new Problem(thing, text));
        } else {
            unshown++;
        }
    }

    void problem(MalformedEvidence e) {
        problem(e.what(), e.where() + ": " + e.why());
    }

    void problem(String thing, MalformedEvidence e) {
        problem(thing, String.valueOf(e.getMessage()));
    }

    void remark(String text) {
        remarks.add(text);
    }

    void passed(String text) {
        passed.add(text);
    }

    boolean none() {
        return problems.isEmpty();
    }

    int count() {
        return problems.size() + unshown;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    List<String> passed() {
        return List.copyOf(passed);
    }
}
