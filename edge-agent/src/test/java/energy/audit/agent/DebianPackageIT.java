package energy.audit.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import energy.audit.agent.DebianPackage.Part;
import energy.audit.agent.backend.TestBackend;
import energy.audit.agent.backend.TestBroker;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package as built: its parts, its rights, its unit, and its program run from an unpacked root. */
class DebianPackageIT {
    private static final String UNIT = "/usr/lib/systemd/system/energy-audit-agent.service";
    private static final String JAR = "/usr/share/energy-audit-agent/edge-agent.jar";
    private static final int MQTT = 26080;
    private static final int MODBUS = 26081;

    /** Stated in docs/edge-agent.md: 1.5 of 10, as systemd 252 counts; the option takes tenths. */
    private static final String EXPOSURE_THRESHOLD = "16";

    private static DebianPackage deb;

    @TempDir
    Path directory;

    @BeforeAll
    static void read() throws IOException {
        deb = DebianPackage.built();
    }

    /** What a program printed, both streams, and its status. */
    private record Ran(int status, String output) {}

    private static Ran run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    private static void needs(String program) {
        boolean there = List.of("/usr/bin/", "/bin/", "/usr/sbin/").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place + program)));
        assumeTrue(there, program + " is not on this machine, so what it says about the package is not checked");
    }

    @Test
    void itHasTheThreeMembersOfADebianPackageInTheirOrder() {
        assertThat(deb.members().keySet()).containsExactly("debian-binary", "control.tar.gz", "data.tar.gz");
        assertThat(new String(deb.members().get("debian-binary"), StandardCharsets.US_ASCII))
                .isEqualTo("2.0\n");
    }

    @Test
    void itsControlFileNamesPackageVersionArchitectureAndTheJavaItNeeds() {
        assertThat(deb.field("Package")).isEqualTo("energy-audit-agent");
        assertThat(deb.field("Architecture")).isEqualTo("all");
        assertThat(deb.file().getFileName()).hasToString("energy-audit-agent_" + deb.field("Version") + "_all.deb");
        assertThat(deb.field("Depends"))
                .contains("default-jre-headless (>= 2:1.17) | java17-runtime-headless")
                .contains("adduser");
        assertThat(Long.parseLong(deb.field("Installed-Size"))).isPositive();
    }

    @Test
    void whatAnOperatorEditsIsAConffileThatOnlyItsOwnerReads() {
        Set<String> conffiles = new TreeSet<>(
                List.of(deb.controlFile("conffiles").text().strip().split("\n")));
        Set<String> below = deb.data().entrySet().stream()
                .filter(e ->
                        e.getKey().startsWith("./etc/") && e.getValue().header().isFile())
                .map(e -> e.getKey().substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(below).isEqualTo(conffiles);
        for (String name : List.of("modbus.yaml", "device_mapping.json", "audit-engine.conf")) {
            assertThat(deb.installed("/etc/energy-audit-agent/" + name).mode())
                    .as(name)
                    .isEqualTo(0600);
            Part link = deb.installed("/var/lib/energy-audit-agent/" + name);
            assertThat(link.header().isSymbolicLink()).isTrue();
            assertThat(link.header().getLinkName()).isEqualTo("/etc/energy-audit-agent/" + name);
        }
        assertThat(deb.installed("/etc/energy-audit-agent/").mode()).isEqualTo(0700);
        assertThat(deb.installed("/var/lib/energy-audit-agent/").mode()).isEqualTo(0700);
    }

    @Test
    void everyOtherFileBelongsToRootAndCanBeChangedByNobodyElse() {
        deb.data().forEach((path, part) -> {
            assertThat(part.header().getLongUserId()).as(path).isZero();
            assertThat(part.header().getLongGroupId()).as(path).isZero();
            if (!part.header().isSymbolicLink()) {
                assertThat(part.mode() & 0022).as(path).isZero();
            }
        });
        assertThat(deb.installed("/usr/bin/energy-audit-agent").mode()).isEqualTo(0755);
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(deb.controlFile(script).mode()).as(script).isEqualTo(0755);
        }
    }

    @Test
    void theSumsOfAllFilesAreRight() throws Exception {
        List<String> summed = new ArrayList<>();
        for (String line : deb.controlFile("md5sums").text().strip().split("\n")) {
            String path = line.substring(34);
            summed.add("./" + path);
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest(deb.installed("/" + path).bytes());
            assertThat(line).startsWith(HexFormat.of().formatHex(digest));
        }
        assertThat(summed)
                .containsExactlyInAnyOrderElementsOf(deb.data().entrySet().stream()
                        .filter(e -> e.getValue().isRegularFile())
                        .map(e -> e.getKey())
                        .toList());
    }

    @Test
    void itsScriptsAreSoundShellAndKeepTheDataUnlessPurged() throws Exception {
        for (String name : List.of("postinst", "prerm", "postrm")) {
            Path script =
                    Files.write(directory.resolve(name), deb.controlFile(name).bytes());
            assertThat(run("sh", "-n", script.toString())).as(name).isEqualTo(new Ran(0, ""));
        }
        String postrm = deb.controlFile("postrm").text();
        assertThat(postrm.indexOf("rm -rf /var/lib/energy-audit-agent"))
                .isGreaterThan(postrm.indexOf("if [ \"$1\" = purge ]"));
        assertThat(deb.controlFile("prerm").text()).doesNotContain("rm ");
    }

    @Test
    void dpkgReadsIt() throws Exception {
        needs("dpkg-deb");
        Ran info = run("dpkg-deb", "--info", deb.file().toString());
        assertThat(info.status()).as(info.output()).isZero();
        assertThat(info.output()).contains("Package: energy-audit-agent");
        Ran contents = run("dpkg-deb", "--contents", deb.file().toString());
        assertThat(contents.status()).isZero();
        assertThat(contents.output())
                .containsPattern("-rw------- (root/root|0/0) .*\\./etc/energy-audit-agent/modbus.yaml")
                .contains("." + JAR);
    }

    @Test
    void systemdTakesItsUnitAndCountsItAsWellClosed() throws Exception {
        needs("systemd-analyze");
        Path unit = Files.write(
                directory.resolve("energy-audit-agent.service"),
                deb.installed(UNIT).bytes());
        Ran verified = run("systemd-analyze", "verify", unit.toString());
        assertThat(verified.status()).as(verified.output()).isZero();
        assertThat(verified.output()).doesNotContain("energy-audit-agent.service:");
        Ran version = run("systemd-analyze", "--version");
        int systemd = Integer.parseInt(version.output().split(" ")[1]);
        assumeTrue(systemd >= 250, "systemd " + systemd + " cannot judge a unit that is not installed");
        Ran judged = run(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=" + EXPOSURE_THRESHOLD,
                unit.toString());
        assertThat(judged.status()).as(judged.output()).isZero();
        assertThat(judged.output()).contains("Overall exposure level");
    }

    @Test
    void unfilledItRefusesToRunWithTheStatusThatTheUnitDoesNotRepeat() throws Exception {
        Path root = unpacked();
        Ran ran = run(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                root.resolve(JAR.substring(1)).toString(),
                "--config",
                root.resolve("etc/energy-audit-agent").toString());
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.output()).contains("CONFIGURATION_REFUSED").contains("audit-engine.conf");
        assertThat(deb.installed(UNIT).text()).contains("RestartPreventExitStatus=2");
    }

    /** The command of the unit itself, with another root and another directory. */
    @Test
    void theUnitsCommandReadsSignsSendsAndEndsCleanlyOnSigterm() throws Exception {
        Path root = unpacked();
        SigningKey logKey = SigningKey.generate(new SecureRandom());
        SimpleProcessImage image = new SimpleProcessImage(1);
        for (int word : new int[] {0x0001, 0x86A0, 1500, 0}) {
            image.addRegister(new SimpleRegister(word));
        }
        ModbusSlave slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), MODBUS, 3, false);
        slave.addProcessImage(1, image);
        slave.open();
        Path log = directory.resolve("console");
        try (TestBroker broker = new TestBroker(directory.resolve("broker"), MQTT);
                TestBackend backend = new TestBackend(MQTT, logKey)) {
            AgentHome home = AgentDirectory.write(
                    directory.resolve("agent"),
                    "foundry-north-agent",
                    MQTT,
                    logKey,
                    "forward.receipt-timeout-seconds=1");
            AgentDirectory.modbus(home, MODBUS, "1s");
            Process agent = new ProcessBuilder(commandOfUnit(root, home.directory()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                await().atMost(60, SECONDS).until(() -> backend.logSize() >= 3 || !agent.isAlive());
                assertThat(agent.isAlive()).as(Files.readString(log)).isTrue();
            } finally {
                agent.destroy(); // SIGTERM
            }
            assertThat(agent.waitFor(30, SECONDS)).isTrue();
            assertThat(agent.exitValue()).as(Files.readString(log)).isEqualTo(143);
            assertThat(deb.installed(UNIT).text()).contains("SuccessExitStatus=143");
            assertThat(Files.readString(home.logs().resolve("service.log"))).contains("AGENT_STOPPED");
        } finally {
            ModbusSlaveFactory.close(slave);
        }
    }

    private static List<String> commandOfUnit(Path root, Path config) {
        String line = deb.installed(UNIT)
                .text()
                .lines()
                .filter(l -> l.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length());
        List<String> command = new ArrayList<>();
        for (String word : line.split(" ")) {
            if (word.equals("/usr/bin/java")) {
                command.add(System.getProperty("java.home") + "/bin/java");
            } else if (word.equals("/var/lib/energy-audit-agent")) {
                command.add(config.toString());
            } else if (word.startsWith("/")) {
                command.add(root + word);
            } else if (!word.equals("$JAVA_OPTS")) {
                command.add(word);
            }
        }
        assertThat(command).contains("-Xmx128m");
        return command;
    }

    /** With {@code dpkg-deb -x} where it is, else as it would do it. */
    private Path unpacked() throws Exception {
        Path root = directory.resolve("root");
        if (Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))) {
            Ran ran = run("dpkg-deb", "-x", deb.file().toString(), root.toString());
            assertThat(ran.status()).as(ran.output()).isZero();
            return root;
        }
        for (var entry : deb.data().entrySet()) {
            Path target = root.resolve(entry.getKey()).normalize();
            Part part = entry.getValue();
            if (part.header().isFile()) {
                Files.createDirectories(target.getParent());
                Files.write(target, part.bytes());
                Files.setPosixFilePermissions(
                        target,
                        PosixFilePermissions.fromString(
                                (part.mode() & 0100) != 0
                                        ? "rwxr-xr-x"
                                        : (part.mode() & 0044) != 0 ? "rw-r--r--" : "rw-------"));
            }
        }
        return root;
    }
}
