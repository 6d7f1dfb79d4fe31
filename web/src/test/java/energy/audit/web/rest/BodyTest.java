package energy.audit.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.kernel.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BodyTest {
    @Test
    void readsTextInstantsNumbersAndLists() {
        Body body = Body.of("thing", """
                {"name":"a","at":"2026-11-23T01:00:00+01:00","n":12,"none":null,"list":[{"x":"1"},{"x":"2"}]}""");
        assertThat(body.text("name")).isEqualTo("a");
        assertThat(body.instant("at")).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(body.optionalLong("n")).contains(12L);
        assertThat(body.optionalText("none")).isEmpty();
        assertThat(body.list("list")).extracting(each -> each.text("x")).containsExactly("1", "2");
        assertThat(body.list("absent")).isEmpty();
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> Body.of("grant", "{}").text("person"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("grant, field person")
                .hasMessageContaining("missing");
    }

    @Test
    void aFieldThatNobodyWouldReadIsRefusedWithTheOnesThatExist() {
        assertThatThrownBy(() -> Body.of("grant", "{\"persn\":\"emma\"}").onlyFields("person", "role"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("persn")
                .hasMessageContaining("person, role");
    }

    @Test
    void whatIsNotJsonIsRefusedAndNotAFault() {
        assertThatThrownBy(() -> Body.of("grant", "person=emma"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.kind().httpStatus()).isEqualTo(400));
    }

    @Test
    void aTimeWithoutOffsetIsRefused() {
        assertThatThrownBy(() ->
                        Body.of("grant", "{\"from\":\"2026-11-23T00:00:00\"}").instant("from"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("offset");
    }
}
