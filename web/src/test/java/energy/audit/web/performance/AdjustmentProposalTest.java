package energy.audit.web.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.kernel.Refusal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AdjustmentProposalTest {
    private static final String JSON = """
            {"kwh":"-431.50","first":"2026-03-24","last":"2026-03-25","what":"line 2 stood","reason":"nameplate"}""";

    @Test
    void kwhKeepItsSignAndDigits() {
        AdjustmentsResource.Proposal read = AdjustmentsResource.Proposal.of(JSON);

        assertThat(read.kwh().toPlainString()).isEqualTo("-431.50");
        assertThat(read.first()).isEqualTo(LocalDate.of(2026, 3, 24));
        assertThat(read.last()).isEqualTo(LocalDate.of(2026, 3, 25));
        assertThat(read.what()).isEqualTo("line 2 stood");
        assertThat(read.reason()).isEqualTo("nameplate");
    }

    @Test
    void withoutKwhItIsRefused() {
        assertThatThrownBy(() -> AdjustmentsResource.Proposal.of(JSON.replace("\"kwh\":\"-431.50\",", "")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("kwh");
    }

    @Test
    void aCommaInANumberAndAnUnknownFieldAreRefusedByName() {
        assertThatThrownBy(() -> AdjustmentsResource.Proposal.of(JSON.replace("431.50", "431,50")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("431,50");
        assertThatThrownBy(() -> AdjustmentsResource.Proposal.of(JSON.replace("what", "event")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("event");
    }
}
