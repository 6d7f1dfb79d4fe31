package energy.audit.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.table.RowFault;
import energy.audit.kernel.Fault;
import energy.audit.kernel.Refusal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aRefusalSaysWhatWhyAndWhatToDo() {
        Problem problem =
                Problem.of(Refusal.conflict("KEY_IN_USE", "agent a", "its key is that of b", "Make a new key."));
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.json())
                .contains(
                        "\"title\":\"Key in use\"",
                        "agent a: its key is that of b",
                        "\"nextStep\":\"Make a new key.\"");
    }

    @Test
    void aFaultKeepsItsCauseToTheLogAndGivesAReference() {
        Problem problem = Problem.of(
                new Fault("DATABASE", "commit", "SQLSTATE 08006, secret host name", "Look there.", null), "ABCD1234");
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.json()).contains("ABCD1234").doesNotContain("secret host name");
    }

    @Test
    void aRefusalInsideAFacesExceptionIsStillARefusal() {
        Refusal refusal = Refusal.notFound("NO_PAGE", "page x", "there is none", "Use the navigation.");
        assertThat(Problems.of(new RuntimeException("view", new IllegalStateException(refusal)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyBadRowIsInTheAnswerAlsoThoseThatTheSentenceLeavesOut() {
        Problem problem = Problem.of(Refusal.badRows(
                "import 1 of erp",
                30,
                IntStream.rangeClosed(2, 31)
                        .mapToObj(row -> new RowFault(row, "value", "'x' is no number"))
                        .toList(),
                "Correct them."));
        assertThat(problem.detail())
                .contains("30 of 30 rows")
                .contains("row 21, value")
                .doesNotContain("row 22,");
        assertThat(problem.json()).contains("{\"row\":31,\"column\":\"value\",\"why\":\"'x' is no number\"}");
    }
}
