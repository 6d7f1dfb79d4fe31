package energy.audit.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.journal.Journal;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that drops each connection: what the agent says when it comes back is read from the socket. */
class ReconnectionTest {
    private static final int USER_NAME_FLAG = 0x80; // MQTT 5.0, 3.1.2.8

    @TempDir
    Path directory;

    @Test
    void anAgentThatLostTheBrokerSignsInWithItsNameAgain() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Journal journal = Journal.in(directory, Clock.systemUTC(), System.err)) {
            broker.setSoTimeout(30_000);
            MqttLink link = new MqttLink(
                    settings(broker.getLocalPort()),
                    BrokerSignIn.with("secret"),
                    "00",
                    journal.service(),
                    Runnable::run);
            link.open(new MqttLink.Listener() {
                @Override
                public void connected(boolean sessionPresent) {}

                @Override
                public void disconnected() {}

                @Override
                public void receipt(byte[] payload) {}
            });
            List<String> connects = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                try (Socket socket = broker.accept()) {
                    connects.add(connect(socket));
                }
            }
            link.close();
            assertThat(connects).allMatch(connect -> connect.endsWith("demo-castings.foundry-north-agent secret"));
        }
    }

    /** Reads a CONNECT, accepts it, and says who it was. */
    private static String connect(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readUnsignedByte()).isEqualTo(0x10);
        byte[] packet = new byte[variableInteger(in)];
        in.readFully(packet);
        socket.getOutputStream().write(new byte[] {0x20, 3, 0, 0, 0});
        socket.getOutputStream().flush();
        boolean named = (packet[7] & USER_NAME_FLAG) != 0;
        if (!named) {
            return "nobody";
        }
        String words = new String(packet, StandardCharsets.ISO_8859_1);
        String user = "demo-castings.foundry-north-agent";
        String rest = words.substring(words.lastIndexOf(user) + user.length());
        return user + " " + rest.substring(2);
    }

    private static int variableInteger(DataInputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }

    private AgentSettings settings(int port) throws IOException {
        return AgentSettings.read(Files.writeString(
                directory.resolve("audit-engine.conf"),
                String.join(
                        "\n",
                        "tenant=demo-castings",
                        "agent=foundry-north-agent",
                        "site=foundry-north",
                        "installation=test",
                        "mqtt.host=127.0.0.1",
                        "mqtt.port=" + port,
                        "mqtt.user=demo-castings.foundry-north-agent")));
    }
}
