package energy.audit.metering;

import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.REACTIVE;
import static energy.audit.LoggedPlant.SITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.access.Role;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeterExchangeIT {
    private static final Instant AT = Instant.parse("2025-03-12T09:30:00Z");

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");

    @Test
    @Promise("metering.R4")
    void theNewestEntryForAMeterAndAnInstantCountsAndEveryEarlierOneStaysInTheLog() {
        long first = exchange(LoggedPlant.exchange("acme", AT, 1_000, 7).build());
        LogSize then = house.in(plant.tenant, () -> house.log.size());
        long corrected = exchange(LoggedPlant.exchange("acme", AT, 1_001, 7).build());
        assertThat(exchange(LoggedPlant.exchange("acme", AT, 1_001, 7).build()))
                .as("the same again makes no new entry")
                .isEqualTo(corrected);

        assertThat(oldFinal(LogSize.NEWEST)).containsExactly(1_001L);
        assertThat(oldFinal(then)).containsExactly(1_000L);
        long withdrawn = exchange(LoggedPlant.exchange("acme", AT, 0, 0)
                .clearRegisters()
                .setWithdrawn(true)
                .setReason("entered for the wrong meter")
                .build());
        assertThat(oldFinal(LogSize.NEWEST)).isEmpty();
        assertThat(oldFinal(LogSize.of(withdrawn))).containsExactly(1_001L);

        assertThat(house.in(plant.tenant, () -> house.metering.exchanges(SITE, LogSize.NEWEST)))
                .extracting(LoggedExchange::logIndex)
                .containsExactly(first, corrected, withdrawn);
        assertThat(house.in(plant.tenant, () -> house.log.entries(EntryKind.METER_EXCHANGE, LogSize.NEWEST)))
                .hasSize(3)
                .allMatch(entry -> entry.actor().contains("test"));
    }

    @Test
    void aRequestThatIsSentTwiceIsEnteredOnceAndItsKeyServesNoOtherContent() {
        MeterExchange exchange = LoggedPlant.exchange("acme", AT, 1_000, 7).build();
        long first = keyed("req-1", exchange);
        exchange(LoggedPlant.exchange("acme", AT, 1_001, 7).build());
        assertThat(keyed("req-1", exchange))
                .as("even when it was corrected meanwhile")
                .isEqualTo(first);
        assertThatThrownBy(() -> keyed(
                        "req-1", LoggedPlant.exchange("acme", AT, 1_002, 7).build()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("IDEMPOTENCY_KEY_USED"));
        assertThat(keyed("req-2", LoggedPlant.exchange("acme", AT, 1_002, 7).build()))
                .isGreaterThan(first);
    }

    @Test
    void whatCannotBeIsRefusedWithTheFieldAndChangesNothing() {
        LogSize before = house.in(plant.tenant, () -> house.log.size());
        MeterExchange.Builder good = LoggedPlant.exchange("acme", AT, 1_000, 7);
        refused(good.clone().setTenant("globex"), "names tenant 'globex'");
        refused(good.clone().setSite("cellar"), "site cellar");
        refused(good.clone().setMeter("nothing"), "field meter = 'nothing'");
        refused(good.clone().setAtMs(house.clock.millis() + 1), "field at = 2026-03-01T00:00:00.001Z");
        refused(good.clone().setAtMs(0), "field at = 1970-01-01T00:00:00Z");
        refused(good.clone().setTechnician(" "), "field technician");
        refused(good.clone().clearReason(), "field reason");
        refused(good.clone().removeRegisters(1), "field registers: it lacks [hall.main.reactive-energy-import]");
        refused(
                good.clone().setRegisters(1, good.getRegisters(0)),
                "field registers[1].channel = 'hall.main.active-energy-import': it is there twice");
        refused(
                good.clone().setRegisters(0, good.getRegisters(0).toBuilder().setChannel(LoggedPlant.POWER.value())),
                "field registers[0].channel = 'hall.main.active-power': it is no whole counter");
        refused(
                good.clone()
                        .setRegisters(
                                0, good.getRegisters(0).toBuilder().setOldFinalCount(LoggedPlant.MAIN_MODULUS + 1)),
                "field registers[0].oldFinalCount = 10000001: the register starts again at 10000000");
        refused(
                good.clone().setRegisters(1, good.getRegisters(1).toBuilder().setNewInitialCount(-1)),
                "field registers[1].newInitialCount = -1");
        refused(good.clone().clearRegisters().setWithdrawn(true), "field withdrawn");
        refused(good.clone().setAtMs(1), "no configuration of the site was in force then");
        assertThat(house.in(plant.tenant, () -> house.log.size())).isEqualTo(before);
    }

    @Test
    void onlyWhoMayConfigureMeteringEntersAnExchange() {
        for (Role role : Role.values()) {
            boolean may = role.permissions().contains(energy.audit.access.Permission.CONFIGURE_METERING);
            assertThat(may).as("%s", role).isEqualTo(role == Role.ENERGY_MANAGER || role == Role.INSTALLATION_ADMIN);
        }
    }

    private List<Long> oldFinal(LogSize size) {
        return house.in(plant.tenant, () -> house.metering.exchangesInForce(SITE, size)).of(MAIN.value()).stream()
                .map(each -> each.oldFinalCount())
                .toList();
    }

    private void refused(MeterExchange.Builder exchange, String words) {
        assertThatThrownBy(() -> exchange(exchange.build()))
                .as("%s", REACTIVE)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(words);
    }

    private long exchange(MeterExchange exchange) {
        return house.in(plant.tenant, () -> house.metering.exchange(exchange, Optional.empty()));
    }

    private long keyed(String key, MeterExchange exchange) {
        return house.in(plant.tenant, () -> house.metering.exchange(exchange, Optional.of(key)));
    }
}
