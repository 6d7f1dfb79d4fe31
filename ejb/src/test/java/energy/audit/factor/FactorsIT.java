package energy.audit.factor;

import static energy.audit.LoggedPlant.SITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.evidence.wire.FactorTable;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactorsIT {
    private static final String HEAD = "energy,unit,scope,basis,from,until,kg_co2e_per_unit,source,edition,gwp\n";
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 1);

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Factors factors = new Factors(house.tenancy, house.access, house.log, house.metering, house.clock);

    private static String grid(String kg) {
        return HEAD + "electricity,kWh,2,location,2025-01-01,2026-01-01," + kg + ",grid operator,2024,AR5\n";
    }

    private static FactorTable.Builder emission(String id, String csv) {
        return FactorTable.newBuilder()
                .setTenant("acme")
                .setId(id)
                .setKind("emission-factors")
                .setCsv(csv)
                .setReason("published");
    }

    private static FactorTable.Builder tariff(String id, String price) {
        return FactorTable.newBuilder()
                .setTenant("acme")
                .setId(id)
                .setKind("tariff")
                .setEnergySource("electricity")
                .setCurrency("EUR")
                .setSource("contract 7")
                .setCsv("tariff,from,until,kind,name,months,days,hours,price\n"
                        + "2025,2025-01-01,2026-01-01,energy,all,,,," + price + "\n")
                .setReason("signed");
    }

    private long enter(FactorTable.Builder table) {
        return house.in(plant.tenant, () -> factors.enter(table.build()));
    }

    private String inMarch(LogSize size) {
        return house.in(
                plant.tenant,
                () -> factors.emissionFactors(SITE, size)
                        .factors()
                        .inForce("electricity", "kWh", Basis.LOCATION, MARCH)
                        .kgCo2ePerUnit()
                        .toPlainString());
    }

    @Test
    @Promise("factor.R1")
    void aChangeIsANewVersionAndTheOldAnswerStays() {
        long first = enter(emission("grid", grid("0.380")));
        assertThat(enter(emission("grid", grid("0.380")))).as("the same again").isEqualTo(first);
        long second = enter(emission("grid", grid("0.363")).setReason("the estimate was replaced"));
        assertThat(inMarch(LogSize.NEWEST)).isEqualTo("0.363");
        assertThat(inMarch(LogSize.of(second))).isEqualTo("0.380");
        List<LoggedTable> versions = house.in(plant.tenant, () -> factors.versions(LogSize.NEWEST));
        assertThat(versions).extracting(LoggedTable::inForce).containsExactly(false, true);
        assertThat(versions.get(0).by()).isEqualTo("test");

        enter(emission("grid", "").setWithdrawn(true).setReason("not for us"));
        assertThat(house.in(
                        plant.tenant,
                        () -> factors.emissionFactors(SITE, LogSize.NEWEST)
                                .factors()
                                .all()))
                .isEmpty();
    }

    @Test
    @Promise("factor.R2")
    void aBadLineIsNamedAndNothingIsTaken() {
        long before = house.in(plant.tenant, () -> house.log.size().entries());
        assertThatThrownBy(() -> enter(emission("grid", grid("0,380"))))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("BAD_TABLE"))
                .hasMessageContaining("line 2: it has 11 fields, the head has 10 columns");
        assertThatThrownBy(() -> enter(emission("grid", grid("0.38")).setReason("")))
                .hasMessageContaining("field reason");
        assertThatThrownBy(() -> enter(tariff("supply", "0.2").setCurrency("EURO")))
                .hasMessageContaining("ISO 4217");
        assertThatThrownBy(() -> enter(tariff("supply", "0.2").setEnergySource("steam")))
                .hasMessageContaining("none of");
        assertThatThrownBy(() -> enter(emission("grid", "").setWithdrawn(true))).hasMessageContaining("no such table");
        assertThat(house.in(plant.tenant, () -> house.log.size().entries())).isEqualTo(before);
    }

    @Test
    @Promise("factor.R2")
    void aSecondTableThatLeavesTwoAnswersIsRefusedWithTheNameOfTheFirst() {
        enter(emission("grid", grid("0.380")));
        assertThatThrownBy(() -> enter(emission("other", grid("0.4"))))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("TWO_TABLES"));
        enter(tariff("supply", "0.2"));
        assertThatThrownBy(() -> enter(tariff("supply-2", "0.3"))).hasMessageContaining("table supply is the tariff");
    }

    @Test
    @Promise("factor.R3")
    void whatASiteSaysForItselfCountsFirst() {
        enter(emission("grid", grid("0.380")));
        enter(emission("hall", grid("0.05")).setSite("hall"));
        assertThat(inMarch(LogSize.NEWEST)).isEqualTo("0.05");
        enter(tariff("supply", "0.2"));
        long own = enter(tariff("hall-supply", "0.3").setSite("hall"));
        assertThat(house.in(
                        plant.tenant,
                        () -> factors.tariffs(SITE, "electricity", LogSize.NEWEST)
                                .orElseThrow()
                                .entry()))
                .isEqualTo(own);
    }
}
