package energy.audit.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls around the pure maths. */
class HouseRulesTest {
    private static final JavaClasses ANALYSIS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("energy.audit.analysis");

    @Test
    void analysisKnowsNoServerNoDatabaseAndNotTheEvidence() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "javax..", "java.sql..", "java.net..", "energy.audit.evidence..")
                .check(ANALYSIS);
    }

    @Test
    void analysisHasNoClockOfItsOwn() {
        for (Class<?> time : List.of(
                Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            noClasses().should().callMethod(time, "now").check(ANALYSIS);
        }
        noClasses().should().callMethod(ZoneId.class, "systemDefault").check(ANALYSIS);
        noClasses().should().callMethod(Clock.class, "systemUTC").check(ANALYSIS);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(ANALYSIS);
    }

    /** DoubleStream.sum may order its additions differently from run to run. */
    @Test
    void sumsAreMadeInAStatedOrder() {
        noClasses().should().callMethod(DoubleStream.class, "sum").check(ANALYSIS);
        noClasses().should().callMethod(DoubleStream.class, "average").check(ANALYSIS);
    }

    @Test
    void aFileStaysReadableInOneSitting() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
            }
        }
    }
}
