package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor as a process of its own, with PostgreSQL and the broker. */
final class SupervisionIT {
    private static final String OFFSET = "3350";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Process stack(String name, String... arguments) throws Exception {
        List<String> words = Child.java(
                "-Denergy.audit.home=" + Layout.findHome(),
                "-cp",
                System.getProperty("java.class.path"),
                Stack.class.getName());
        words.addAll(List.of(arguments));
        words.addAll(List.of("--data", data().toString()));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
    }

    private Path data() {
        return folder.resolve("data of mine");
    }

    private Process up(String name) throws Exception {
        Process up = stack(name, "up", "--port-offset", OFFSET, "--only", "postgres,broker");
        await().atMost(Duration.ofSeconds(120)).until(() -> output(name).contains("Ready: ") || !up.isAlive());
        assertThat(output(name)).contains("PostgreSQL 17.5 ready on 127.0.0.1:").contains("Ready: http://localhost:");
        return up;
    }

    private String output(String name) throws Exception {
        return Files.readString(folder.resolve(name + ".out"));
    }

    private List<ProcessHandle> programs() {
        List<ProcessHandle> programs = new ArrayList<>();
        for (PidRecord record : PidRecord.running(new Layout(folder, data()))) {
            ProcessHandle.of(record.pid()).ifPresent(programs::add);
        }
        return programs;
    }

    @Test
    void noProgramOutlivesAKilledSupervisorAndTheNextStartKeepsTheData() throws Exception {
        Process first = up("first");
        List<ProcessHandle> programs = programs();
        assertThat(programs).hasSize(2);
        String identity = Files.readString(data().resolve("installation.json"));

        first.destroyForcibly().waitFor();

        assertThat(stack("down", "down").waitFor()).isZero();
        assertThat(programs).noneMatch(ProcessHandle::isAlive);

        Process second = up("second");
        assertThat(data().resolve("installation.json")).hasContent(identity);
        List<ProcessHandle> again = programs();
        second.destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(again).hasSize(2).noneMatch(ProcessHandle::isAlive);
        assertThat(output("second")).contains("Artemis broker 2.44.0 stopped").contains("PostgreSQL 17.5 stopped");
    }

    @Test
    void aSecondStackOnTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
        Process first = up("first");
        try {
            assertThat(stack("other", "up", "--port-offset", "3400").waitFor()).isEqualTo(1);
            assertThat(output("other")).contains("a stack runs on it already");
            assertThat(programs()).hasSize(2).allMatch(ProcessHandle::isAlive);
            assertThat(stack("status", "status").waitFor()).isZero();
            assertThat(output("status")).contains("postgres").contains("good");
        } finally {
            assertThat(stack("down", "down").waitFor()).isZero();
            first.waitFor();
        }
        assertThat(programs()).isEmpty();
    }
}
