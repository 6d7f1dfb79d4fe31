package energy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The house keeps its rules; and each rule is shown to catch a room that was planted to break it. */
class HouseRulesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath(Path.of("target/classes"));
    private static final JavaClasses TESTS = new ClassFileImporter().importPath(Path.of("target/test-classes"));
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("energy.audit.planted");
    private static final JavaClasses PURE =
            new ClassFileImporter().importPackages("energy.audit.evidence", "energy.audit.analysis");

    private final HouseRules house = new HouseRules(HOUSE, "energy.audit");
    private final HouseRules planted = new HouseRules(PLANTED, "energy.audit.planted");

    @Test
    void everyRoomHasACardAndNoNullIsMeant() {
        assertThat(house.rooms()).contains("kernel", "tenancy", "log", "access", "metering", "ingest");
        assertThat(house.roomsWithoutACard()).isEmpty();
        assertThat(house.packagesThatAreNotNullMarked()).isEmpty();
        assertThat(planted.roomsWithoutACard()).containsExactly("room dtos has no card");
        assertThat(planted.packagesThatAreNotNullMarked()).containsExactly("package dtos is not @NullMarked");
    }

    @Test
    void aRoomUsesOnlyWhatItsCardSaysAndNeverItselfThroughOthers() {
        assertThat(house.usesThatNoCardAllows()).isEmpty();
        assertThat(house.cyclesAmongRooms()).isEmpty();
        assertThat(planted.usesThatNoCardAllows()).containsExactly("cellar uses attic: Cellar -> Attic");
        assertThat(planted.cyclesAmongRooms())
                .containsExactly(
                        "room attic depends on itself through others", "room cellar depends on itself through others");
    }

    @Test
    void aRoomHasOneDoor() {
        assertThat(house.secondDoors()).isEmpty();
        assertThat(planted.secondDoors())
                .contains("room cellar has another public acting class: Hatch")
                .doesNotContain("room cellar has another public acting class: Cellar");
    }

    @Test
    void everyMethodOfADoorAsksForAPermissionOrSaysWhyNot() {
        assertThat(house.doorMethodsThatAskNobody()).isEmpty();
        assertThat(planted.doorMethodsThatAskNobody())
                .containsExactly("Cellar.forgets neither requires a permission nor is @Open");
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(house.badNames()).isEmpty();
        assertThat(planted.badNames())
                .containsExactly("class energy.audit.planted.dtos.CellarManager", "package energy.audit.planted.dtos");
    }

    @Test
    void timeComesFromTheClockThatIsInjected() {
        assertThat(house.ownClocks()).isEmpty();
        assertThat(planted.ownClocks()).containsExactly("Hatch calls java.time.Instant.now()");
    }

    @Test
    void onlyTenancyOpensTransactions() {
        assertThat(house.transactionAnnotations()).isEmpty();
        assertThat(planted.transactionAnnotations()).hasSize(1);
    }

    @Test
    void everyPromiseOfACardHasATestThatNamesIt() {
        assertThat(house.promisesWithoutATest(Path.of("src/main/java/energy/audit"), TESTS))
                .isEmpty();
        assertThat(planted.promisesWithoutATest(Path.of("src/test/java/energy/audit/planted"), TESTS))
                .contains("promise cellar.R9 has no test");
    }

    @Test
    void pureModulesKnowNeitherServerNorDatabase() {
        assertThat(PURE).isNotEmpty();
        assertThat(PURE.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .filter(name -> name.startsWith("jakarta.") || name.startsWith("java.sql"))
                        .distinct())
                .isEmpty();
    }
}
