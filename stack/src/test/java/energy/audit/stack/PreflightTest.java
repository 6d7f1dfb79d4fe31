package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreflightTest {
    private static final Ports PORTS = new Ports(3_450);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyTakenPortIsNamedWithThePartThatNeedsIt() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket http = new ServerSocket(PORTS.http(), 1, loopback);
                ServerSocket mqtt = new ServerSocket(PORTS.mqtt(), 1, loopback)) {
            assertThat(http.isBound() && mqtt.isBound()).isTrue();

            assertThatThrownBy(() -> new Preflight(new Layout(folder, folder), PORTS, 3).check())
                    .isInstanceOf(StackFailure.class)
                    .hasMessageContaining("port " + PORTS.http() + " is taken, and the portal (WildFly http)")
                    .hasMessageContaining("port " + PORTS.mqtt() + " is taken, and the Artemis broker (MQTT)")
                    .hasMessageContaining("--port-offset")
                    .hasMessageContaining("Nothing was started");
        }
    }

    @Test
    void aDataFolderBelowAFileIsRefusedBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new Preflight(new Layout(folder, file.resolve("data")), PORTS, 3).check())
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("--data");
    }

    @Test
    void portsThatCannotExistAreRefused() {
        assertThatThrownBy(() -> new Ports(5_000)).hasMessageContaining("--port-offset 5000");
        assertThat(new Ports(Ports.MAX_OFFSET).all(3).keySet())
                .allMatch(port -> port < 65_536)
                .hasSizeGreaterThan(10);
    }

    @Test
    void theNumberOfAReusedProcessIsNotMistakenForOurs() throws Exception {
        Layout layout = new Layout(folder, folder.resolve("data"));
        long self = ProcessHandle.current().pid();
        PidRecord record = PidRecord.write(layout, "broker", self, Child.Ending.TERM);
        assertThat(record.alive()).isTrue();

        String text = Files.readString(record.file());
        Files.writeString(record.file(), text.replaceAll("started=.*", "started=ticks:1"));

        assertThat(PidRecord.running(layout)).isEmpty();
        assertThat(text.toLowerCase(Locale.ROOT)).contains("pid=" + self);
    }
}
