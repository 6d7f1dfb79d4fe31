package energy.audit.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What an auditor runs must not be able to ask anybody, and shares its arithmetic with the backend, nothing else. */
class HouseRulesTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("energy.audit");

    @Test
    void theProgramHasNoNetworkCode() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "javax.net..", "java.nio.channels..", "java.rmi..", "jakarta..")
                .check(PROGRAM);
    }

    @Test
    void theProgramCarriesOnlyEvidenceAndAnalysis() {
        classes()
                .should()
                .resideInAnyPackage("energy.audit.verifier..", "energy.audit.evidence..", "energy.audit.analysis..")
                .check(PROGRAM);
    }
}
