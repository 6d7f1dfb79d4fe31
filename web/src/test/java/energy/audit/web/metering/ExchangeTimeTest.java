package energy.audit.web.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Body;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ExchangeTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void theTimeOnTheSitesWallIsAnInstant() {
        assertThat(at("{\"atLocal\":\"2025-03-12T10:37\"}")).isEqualTo(Instant.parse("2025-03-12T09:37:00Z"));
        assertThat(at("{\"at\":\"2025-03-12T10:37:00+01:00\"}")).isEqualTo(Instant.parse("2025-03-12T09:37:00Z"));
    }

    @Test
    void aTimeThatTheClocksSkippedOrShowedTwiceIsRefusedWithItsField() {
        assertThatThrownBy(() -> at("{\"atLocal\":\"2025-03-30T02:30:00\"}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("field atLocal")
                .hasMessageContaining("skipped");
        assertThatThrownBy(() -> at("{\"atLocal\":\"2025-10-26T02:30:00\"}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> at("{\"atLocal\":\"yesterday\"}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a local time is needed");
    }

    private static Instant at(String json) {
        return ExchangeBody.at(Body.of("meter exchange", json), BERLIN);
    }
}
