package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFolderWithForeignFilesIsNeitherUsedNorDeleted() throws Exception {
        Path foreign = Files.writeString(folder.resolve("thesis.txt"), "three years of work");

        assertThatThrownBy(() -> TestInstallation.in(folder))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("Nothing was touched");
        assertThatThrownBy(() -> Installation.erase(new Layout(folder, folder)))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("--data");
        assertThat(foreign).hasContent("three years of work");
    }

    @Test
    void anInstallationOfOursIsErasedWithAllItHolds() throws Exception {
        Path data = folder.resolve("data");
        TestInstallation.in(data);

        Installation.erase(new Layout(folder, data));

        try (var left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theIdentityAndTheSecretsSurviveASecondOpening() {
        Installation first = TestInstallation.in(folder.resolve("data"));
        String secret = first.secrets().of("db.app.password");

        Installation second = TestInstallation.in(folder.resolve("data"));

        assertThat(second.id()).isEqualTo(first.id()).startsWith("demo-");
        assertThat(second.secrets().of("db.app.password")).isEqualTo(secret).hasSize(32);
    }

    @Test
    void secretsAndKeysAreForTheirOwnerOnly() throws Exception {
        Path data = folder.resolve("data");
        TestInstallation.in(data).secrets().of("db.app.password");

        for (String file : new String[] {
            "secrets.properties",
            "keys/log-signing.key",
            "keys/report-signing.p12",
            "keys/report-signing.password",
            "keys/tls.p12"
        }) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }
}
