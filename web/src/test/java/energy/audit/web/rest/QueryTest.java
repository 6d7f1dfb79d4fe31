package energy.audit.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aPlainDateBeginsAtMidnightOfTheSite() {
        assertThat(Query.instant("from", "2026-11-23", BERLIN)).isEqualTo(Instant.parse("2026-11-22T23:00:00Z"));
        assertThat(Query.instant("from", "2026-07-01", BERLIN)).isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
    }

    @Test
    void aPlusThatBecameASpaceInTheAddressIsStillAnOffset() {
        assertThat(Query.instant("from", "2026-11-23T00:00:00 01:00", BERLIN))
                .isEqualTo(Instant.parse("2026-11-22T23:00:00Z"));
    }

    @Test
    void aParameterThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> Query.instant("from", "yesterday", BERLIN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("parameter from = 'yesterday'");
        assertThatThrownBy(() -> Query.needed("channel", null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("channel");
        assertThatThrownBy(() -> Query.whole("index", "x"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("index");
    }

    @Test
    void withoutALogSizeTheNewestIsMeant() {
        assertThat(Query.logSize(null)).isEqualTo(LogSize.NEWEST);
        assertThat(Query.logSize("17")).isEqualTo(LogSize.of(17));
    }

    @Test
    void aPageIsNeverLargerThanAllowed() {
        assertThat(Query.limit(null, 500)).isEqualTo(500);
        assertThat(Query.limit("20", 500)).isEqualTo(20);
        assertThat(Query.limit("9999", 500)).isEqualTo(500);
        assertThatThrownBy(() -> Query.limit("0", 500)).isInstanceOf(Refusal.class);
    }
}
