package energy.audit.analysis.powerquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.analysis.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoltageEventsTest {
    @Test
    void everyPublishedEventGetsItsClass() throws IOException {
        for (Map<String, String> row : Published.rows("pq/ieee1159_event_cases.csv")) {
            VoltageCategory category = VoltageCategory.of(
                    number(row, "residual_pu"), number(row, "duration_s"), number(row, "nominal_hz"));
            String expected = Objects.requireNonNull(row.get("expected")).replace("\"", "");
            assertThat(expected).as(row.toString()).startsWith(category.name());
        }
    }

    private static double number(Map<String, String> row, String name) {
        return Double.parseDouble(Objects.requireNonNull(row.get(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, 1, NONE",
        "1.1, 1, NONE",
        "0.1, 0.1, INSTANTANEOUS_SAG",
        "0.5, 0.6, INSTANTANEOUS_SAG",
        "0.5, 3, MOMENTARY_SAG",
        "0.5, 60, TEMPORARY_SAG",
        "0.05, 61, SUSTAINED_INTERRUPTION",
        "1.9, 0.1, SWELL_ABOVE_TABLE_RANGE",
        "1.3, 10, SWELL_ABOVE_TABLE_RANGE"
    })
    void theHolesOfTheTableAreDecidedAsDocumented(double perUnit, double seconds, VoltageCategory expected) {
        assertThat(VoltageCategory.of(perUnit, seconds, 50)).isEqualTo(expected);
    }

    @Test
    void anEventEndsOnlyWhenTheVoltageIsBackByTheHysteresis() {
        double[] seconds = new double[40];
        double[] volts = new double[40];
        for (int i = 0; i < 40; i++) {
            seconds[i] = i * 0.01;
            volts[i] = i < 10 ? 230 : i < 20 ? 115 : i < 25 ? 209 : 230;
        }
        List<VoltageEvent> events = VoltageEvents.USUAL.in(new RmsSeries("L1", seconds, volts), 230, 50);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).startSeconds()).isCloseTo(0.10, within(1e-12));
        assertThat(events.get(0).durationSeconds()).isCloseTo(0.15, within(1e-12));
        assertThat(events.get(0).perUnit()).isCloseTo(0.5, within(1e-12));
        assertThat(events.get(0).category()).isEqualTo(VoltageCategory.INSTANTANEOUS_SAG);
        assertThat(events.get(0).ended()).isTrue();
    }

    @Test
    void aSwellInTheWaveformIsFoundWithItsHeight() {
        double[] samples = new double[10_000];
        for (int i = 0; i < samples.length; i++) {
            double height = i >= 4000 && i < 6000 ? 1.3 : 1;
            samples[i] = height * 230 * Math.sqrt(2) * Math.sin(2 * Math.PI * 50 * i / 10_000.0);
        }
        RmsSeries rms = RmsSeries.ofWaveform("L1", samples, 10_000, 50, 0);
        List<VoltageEvent> events = VoltageEvents.USUAL.in(rms, 230, 50);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.category()).isEqualTo(VoltageCategory.INSTANTANEOUS_SWELL);
            assertThat(event.perUnit()).isCloseTo(1.3, within(1e-9));
            assertThat(event.durationSeconds()).isCloseTo(0.2, within(0.021));
        });
    }

    @Test
    void aPublishedComtradeRecordIsReadInBothItsForms() throws Exception {
        ComtradeRecord ascii = record("sample_ascii");
        assertThat(ascii.analog(0)[0]).isEqualTo(-83 * 0.1138916015625 + 0.05694580078125);
        assertThat(ascii.seconds()[39]).isCloseTo(39 / 1200.0, within(1e-12));
        assertThat(ascii.voltages()).as("it has currents only").isEmpty();
        ComtradeRecord binary = record("sample_bin");
        assertThat(binary.configuration().station()).isEqualTo("station");
        assertThat(binary.analog(0)).hasSize(5);
        assertThat(binary.configuration().start()).isEqualTo("2017-01-07T15:35:41.958268");
    }

    @Test
    void aRecordWithHalfASampleIsRefused() throws Exception {
        ComtradeConfiguration configuration = ComtradeConfiguration.parse(
                "s,d,1999\n1,1A,0D\n1,VA,A,,V,1,0,0,-9,9,1,1,P\n50\n1\n1000,2\n01/02/2026,00:00:00\n01/02/2026,00:00:00\nBINARY\n");
        assertThat(configuration.start()).isEqualTo("2026-02-01T00:00:00");
        assertThatThrownBy(() -> ComtradeRecord.of(configuration, new byte[15]))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("15 bytes");
        assertThatThrownBy(() -> ComtradeConfiguration.parse("s,d,1999\n1,xA,0D\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("'x' is no whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "400,396,392,1.16645,1.01010",
        "400,390,400,1.67384,1.68067",
        "462,463,455,1.0914,1.087",
        "400,400,400,0,0"
    })
    void unbalanceByTwoDefinitions(double a, double b, double c, double sequences, double deviation) {
        assertThat(Unbalance.ofSequences(a, b, c)).isCloseTo(sequences, within(6e-5));
        assertThat(Unbalance.ofDeviation(a, b, c)).isCloseTo(deviation, within(6e-3));
    }

    private static ComtradeRecord record(String name) throws IOException, UnreadableRecord {
        String folder = "comtrade/tests/sample_files/";
        byte[] configuration = Published.bytes(folder + name + ".cfg");
        return ComtradeRecord.of(
                ComtradeConfiguration.parse(new String(configuration, StandardCharsets.UTF_8)),
                Published.bytes(folder + name + ".dat"));
    }
}
