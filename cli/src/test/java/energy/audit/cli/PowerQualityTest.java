package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerQualityTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void eventsOfRmsValuesAreNamedPhaseByPhase() throws IOException {
        List<String> lines = new ArrayList<>(List.of("time,L1,L2"));
        for (int i = 0; i < 1000; i++) {
            double l1 = i >= 100 && i < 110 ? 115 : 230;
            double l2 = i >= 200 && i < 500 ? 10 : i >= 700 && i < 704 ? 276 : 230;
            lines.add(i / 100.0 + "," + l1 + "," + l2);
        }
        Path file = Files.write(folder.resolve("rms.csv"), lines);
        JsonNode result = Call.of(
                        "pq", "classify", "--rms", file.toString(), "--nominal", "230", "--frequency", "50", "--json")
                .json();
        assertThat(result.path("nominalVoltage").asDouble()).isEqualTo(230);
        assertThat(result.path("events").findValuesAsText("category"))
                .containsExactly("instantaneous sag", "momentary interruption", "instantaneous swell");
        JsonNode sag = result.path("events").path(0);
        assertThat(sag.path("phase").asText()).isEqualTo("L1");
        assertThat(sag.path("start").asDouble()).isEqualTo(1.0);
        assertThat(sag.path("durationSeconds").asDouble()).isEqualTo(0.1);
        assertThat(sag.path("durationCycles").asDouble()).isEqualTo(5);
        assertThat(sag.path("magnitudePercent").asDouble()).isCloseTo(50, within(1e-9));
    }

    /** Three phases and a neutral, one second at 60 Hz; phase B falls to 40 % for a quarter of a second. */
    @Test
    void aComtradeRecordNeedsNeitherNominalVoltageNorFrequency() throws IOException {
        int perSecond = 3840;
        Files.writeString(
                folder.resolve("fault.cfg"),
                "station,rec,1999\r\n4,4A,0D\r\n1,VA,A,,kV,0.001,0,0,-32767,32767,1,1,P\r\n2,VB,B,,kV,0.001,0,0,-32767,32767,1,1,P\r\n"
                        + "3,VC,C,,kV,0.001,0,0,-32767,32767,1,1,P\r\n4,VN,N,,kV,0.001,0,0,-32767,32767,1,1,P\r\n60\r\n1\r\n3840,3840\r\n"
                        + "07/03/2026,15:35:41.000000\r\n07/03/2026,15:35:41.000000\r\nBINARY\r\n1\r\n");
        ByteBuffer data = ByteBuffer.allocate(perSecond * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < perSecond; i++) {
            data.putInt(i + 1).putInt(i * 260);
            for (int phase = 0; phase < 3; phase++) {
                double height = phase == 1 && i >= 1920 && i < 2880 ? 0.4 : 1;
                double angle = 2 * Math.PI * (60.0 * i / perSecond - phase / 3.0);
                data.putShort((short) Math.round(height * 20000 * Math.sin(angle)));
            }
            data.putShort((short) 3);
        }
        Files.write(folder.resolve("fault.dat"), data.array());
        Call call = Call.of(
                "pq", "classify", "--comtrade", folder.resolve("fault.cfg").toString(), "--json");
        assertThat(call.status()).as(call.err()).isZero();
        JsonNode result = call.json();
        assertThat(result.path("nominalVoltage").asDouble()).isCloseTo(20000 / Math.sqrt(2), within(2.0));
        assertThat(result.path("events")).hasSize(1);
        JsonNode sag = result.path("events").path(0);
        assertThat(sag.path("phase").asText()).isEqualTo("VB");
        assertThat(sag.path("category").asText()).isEqualTo("instantaneous sag");
        assertThat(sag.path("magnitudePercent").asDouble()).isCloseTo(40, within(0.1));
        assertThat(sag.path("durationSeconds").asDouble()).isCloseTo(0.25, within(0.018));
        assertThat(sag.path("start").asText()).startsWith("2026-03-07T15:35:41.4");
        assertThat(call.err()).contains("--nominal is not given");
    }

    @Test
    void whatCannotBeClassifiedIsRefusedWithTheCause() throws IOException {
        Path file = Files.write(folder.resolve("rms.csv"), List.of("time,L1", "0,230", "0.01,x"));
        assertThat(rms(file).err()).contains("row 3, column L1").contains("'x' is no number");
        Files.write(file, List.of("time,L1", "0,230", "0,230"));
        assertThat(rms(file).err()).contains("row 3, column time").contains("not after");
        Call both = Call.of("pq", "classify");
        assertThat(both.status()).isEqualTo(2);
        Call withoutNominal = Call.of("pq", "classify", "--rms", file.toString());
        assertThat(withoutNominal.status()).isEqualTo(2);
        assertThat(withoutNominal.err()).contains("--nominal");
        Path published = Path.of("../../shared/data/comtrade/tests/sample_files/sample_ascii.cfg");
        if (Files.exists(published)) {
            Call currents = Call.of("pq", "classify", "--comtrade", published.toString());
            assertThat(currents.status()).isEqualTo(2);
            assertThat(currents.err()).contains("no voltage channel").contains("IA in A");
        }
    }

    private static Call rms(Path file) {
        return Call.of("pq", "classify", "--rms", file.toString(), "--nominal", "230", "--frequency", "50");
    }
}
