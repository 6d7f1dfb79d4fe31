package energy.audit.agent;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.config.PrivateFile;
import energy.audit.agent.enrol.EnrolmentOffice;
import energy.audit.agent.enrol.StagedEnrolment;
import energy.audit.agent.enrol.TlsIdentity;
import energy.audit.agent.forward.BrokerSignIn;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The agent's directory: what lies where in it. */
record AgentHome(Path directory) {
    Path modbusYaml() {
        return directory.resolve("modbus.yaml");
    }

    Path deviceMapping() {
        return directory.resolve("device_mapping.json");
    }

    Path settingsFile() {
        return directory.resolve("audit-engine.conf");
    }

    Path keyFile() {
        return directory.resolve("agent.key");
    }

    Path kept() {
        return directory.resolve("kept");
    }

    /** Signed records of probes: here until a batch has carried them, then in {@code logged}. */
    Path commissioning() {
        return directory.resolve("commissioning");
    }

    Path witness() {
        return directory.resolve("witness");
    }

    Path alarms() {
        return directory.resolve("alarms");
    }

    Path logs() {
        return directory.resolve("logs");
    }

    Path status() {
        return directory.resolve("status.json");
    }

    Path lock() {
        return directory.resolve("agent.lock");
    }

    /** The settings, after an enrolment that a crash has interrupted was finished. */
    AgentSettings settings() {
        try {
            new StagedEnrolment(directory).finish();
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    directory.toString(), "its enrolment cannot be finished (" + e + ")", "Check the disk");
        }
        return AgentSettings.read(settingsFile());
    }

    TlsIdentity tlsIdentity() {
        return new TlsIdentity(directory);
    }

    /** Where certificates are renewed and key changes announced; empty if the settings name no backend. */
    static Optional<EnrolmentOffice> office(AgentSettings settings) {
        return settings.backend().map(backend -> EnrolmentOffice.at(backend.url(), backend.caFile()));
    }

    /** By certificate where the agent has one, else by the password of {@code mqtt.password}. */
    BrokerSignIn brokerSignIn() {
        TlsIdentity identity = tlsIdentity();
        return identity.certified()
                ? BrokerSignIn.with(identity.keys())
                : BrokerSignIn.with(
                        PrivateFile.read(directory.resolve("mqtt.password")).strip());
    }

    /** The key that signs; it never leaves this directory. */
    SigningKey key() {
        if (!Files.exists(keyFile())) {
            throw new ConfigurationRefused(
                    keyFile().toString(),
                    "this agent has no key yet",
                    "Have it invited (energy-audit enrol-agent), then run: java -jar edge-agent.jar enrol --config "
                            + directory);
        }
        return SigningKey.ofSeed(decoded(keyFile(), PrivateFile.read(keyFile())));
    }

    /** Makes the key if there is none. */
    SigningKey keyMadeIfAbsent(SecureRandom random) throws IOException {
        if (!Files.exists(keyFile())) {
            Files.createDirectories(directory);
            SigningKey key = SigningKey.generate(random);
            PrivateFile.create(keyFile(), Base64.getEncoder().encodeToString(key.seed()) + "\n");
        }
        return key();
    }

    /** The backend's key, pinned here by hand or at enrolment; receipts by any other are refused. */
    VerificationKey logKey() {
        Path file = directory.resolve("log-key.pub");
        try {
            return VerificationKey.of(decoded(file, Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            throw new ConfigurationRefused(
                    file.toString(),
                    "there is no such file",
                    "Put the backend's public log key there (base64, one line)");
        } catch (IOException e) {
            throw new ConfigurationRefused(file.toString(), "it cannot be read (" + e + ")", "Check the disk");
        }
    }

    private static byte[] decoded(Path file, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == 32) {
                return bytes;
            }
            throw new ConfigurationRefused(
                    file.toString(), "it holds " + bytes.length + " bytes, a key has 32", "Restore the file");
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused(file.toString(), "it is no base64", "Restore the file");
        }
    }
}
