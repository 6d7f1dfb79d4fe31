package energy.audit.agent.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.DeviceProfiles;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.poll.Answer;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.GapCause;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    private static final Answer SILENT = new Answer.NoAnswer(GapCause.REQUEST_TIMEOUT, "no answer", false);
    private static final Answer REFUSED = new Answer.NoAnswer(GapCause.ILLEGAL_ADDRESS, "no such address", false);

    @TempDir
    Path directory;

    /** Unit 3 has 123456.78 as float32 at input registers 72 and 73, and 7000.0 × 10 as low-word-first int32 at 66. */
    private static Answer meter(int unit, Area area, int address, int quantity) {
        if (unit != 3) {
            return SILENT;
        }
        int[] image = new int[100];
        image[72] = 0x47F1;
        image[73] = 0x2064;
        image[66] = 0x1170;
        image[67] = 0x0001;
        if (area != Area.INPUT || address < 60 || address + quantity > 100) {
            return REFUSED;
        }
        return new Answer.Words(java.util.Arrays.copyOfRange(image, address, address + quantity));
    }

    @Test
    void theDecodingThatAgreesWithTheDisplayIsFoundAndTheProfileIsProposed() {
        Probe.Finding finding = probe(3, 72, "123456.78");
        assertThat(finding.agrees()).isTrue();
        assertThat(finding.hints()).isEmpty();
        assertThat(finding.profiles()).containsExactly("eastron-sdm630 (active-energy-import)");
    }

    @Test
    void aWrongUnitIdIsNamedWithTheOneThatAnswers() {
        assertThat(probe(7, 72, "123456.78").hints())
                .containsExactly("unit 7 is silent, unit 3 answers: wrong unit id");
    }

    @Test
    void anAddressThatIsOffByOneIsNamedInBothDirections() {
        assertThat(probe(3, 73, "123456.78").hints())
                .anySatisfy(
                        hint -> assertThat(hint).contains("at address 72 as float32", "off by one", "counts from 1"));
        assertThat(probe(3, 71, "123456.78").hints())
                .anySatisfy(
                        hint -> assertThat(hint).contains("at address 72 as float32", "off by one", "lowered twice"));
        assertThat(probe(3, 59, "0").hints())
                .anySatisfy(hint -> assertThat(hint).contains("a register at 60, but none at 59", "off by one"));
    }

    @Test
    void swappedWordsAreNamedWithTheOrderThatAgrees() {
        Probe.Finding finding = probe(3, 66, "7000.0");
        assertThat(finding.hints())
                .anySatisfy(hint -> assertThat(hint).contains("word-order little, not big", "swapped words"));
        assertThat(finding.profiles()).contains("carlo-gavazzi-em24-rs485 (active-energy-import)");
    }

    @Test
    void aWrongParityIsNamedWithTheOneThatIsAnswered() {
        LinkedHashMap<String, Probe.Line> lines = new LinkedHashMap<>();
        lines.put(
                "parity even",
                (unit, area, address, quantity) -> new Answer.NoAnswer(GapCause.CRC_ERROR, "garbled", false));
        lines.put("parity none", ProbeTest::meter);
        Probe.Finding finding = new Probe(lines, DeviceProfiles.bundled()).examine(question(3, 72, "123456.78"));
        assertThat(finding.hints())
                .containsExactly("the device answers with parity none: wrong parity or speed is set");
    }

    @Test
    void theRecordIsSignedAndAChangedOneIsRefused() throws Exception {
        SigningKey key = SigningKey.generate(new SecureRandom());
        Path file = directory.resolve("commissioning/r.json");
        CommissioningRecord.write(file, new ObjectMapper().createObjectNode().put("unit", 3), key);
        assertThat(CommissioningRecord.open(file, key.verificationKey())
                        .path("unit")
                        .asInt())
                .isEqualTo(3);
        Files.writeString(file, Files.readString(file).replace(":3}", ":4}"));
        assertThatThrownBy(() -> CommissioningRecord.open(file, key.verificationKey()))
                .isInstanceOf(MalformedEvidence.class)
                .hasMessageContaining("was not signed");
    }

    private static Probe.Question question(int unit, int address, String shows) {
        return new Probe.Question(unit, Area.INPUT, address, Optional.of(new BigDecimal(shows)), WordOrder.BIG);
    }

    private static Probe.Finding probe(int unit, int address, String shows) {
        LinkedHashMap<String, Probe.Line> lines = new LinkedHashMap<>();
        lines.put("parity even", ProbeTest::meter);
        return new Probe(lines, DeviceProfiles.bundled()).examine(question(unit, address, shows));
    }
}
