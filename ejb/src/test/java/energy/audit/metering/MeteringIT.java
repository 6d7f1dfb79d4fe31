package energy.audit.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteringIT {
    private static final SiteId HALL = SiteId.of("hall");
    private static final ChannelId ENERGY = ChannelId.of("hall.main.active-energy-import");

    private final House house = new House();
    private final TenantId acme = house.tenant("acme");

    @Test
    @Promise("metering.R1")
    void theSameConfigurationAgainMakesNoNewEntry() {
        long first = configure(configuration("2026-01-01T00:00:00Z", "0.01"));
        assertThat(configure(configuration("2026-01-01T00:00:00Z", "0.01"))).isEqualTo(first);
        assertThat(configure(configuration("2026-01-01T00:00:00Z", "0.02"))).isGreaterThan(first);
    }

    @Test
    @Promise("metering.R2")
    void theLastEntryThatSpeaksOfAnInstantIsInForceAsKnownAtEverySize() {
        long first = configure(configuration("2026-01-01T00:00:00Z", "0.01"));
        long second = configure(configuration("2026-02-01T00:00:00Z", "0.02"));
        long correction = configure(configuration("2026-01-15T00:00:00Z", "0.03"));

        assertThat(inForce("2025-12-31T00:00:00Z", LogSize.NEWEST)).isEmpty();
        assertThat(inForce("2026-01-10T00:00:00Z", LogSize.NEWEST)).containsExactly(first);
        assertThat(inForce("2026-02-10T00:00:00Z", LogSize.NEWEST))
                .as("a later entry replaces from its instant on, whatever was said before")
                .containsExactly(correction);
        assertThat(inForce("2026-02-10T00:00:00Z", LogSize.of(correction))).containsExactly(second);
        assertThat(inForce("2026-02-10T00:00:00Z", LogSize.of(second))).containsExactly(first);
    }

    @Test
    @Promise("metering.R3")
    void aChannelKeepsItsNumberThroughConfigurations() {
        configure(configuration("2026-01-01T00:00:00Z", "0.01"));
        int number = channel().number();
        house.in(acme, () -> house.metering.channelNumbers(List.of(ChannelId.of("hall.new.gas-volume"), ENERGY)));
        configure(configuration("2026-02-01T00:00:00Z", "0.02"));
        assertThat(channel().number()).isEqualTo(number);
        assertThat(house.in(acme, () -> house.metering.channelOf(number))).contains(ENERGY);
    }

    @Test
    void countsAreScaledExactly() {
        configure(configuration("2026-01-01T00:00:00Z", "0.01"));
        assertThat(channel().scaled(123_456_789_012L).orElseThrow())
                .isEqualByComparingTo(new BigDecimal("1234567890.12"));
        assertThat(channel().scaledDifference(7)).isEqualByComparingTo("0.07");
    }

    @Test
    void aConfigurationThatSaysSomethingImpossibleIsRefusedAndChangesNothing() {
        MeteringConfiguration good = configuration("2026-01-01T00:00:00Z", "0.01");
        List<MeteringConfiguration> bad = List.of(
                good.toBuilder().setTenant("globex").build(),
                good.toBuilder().setZone("Europe/Nowhere").build(),
                good.toBuilder().clearEffectiveFromMs().build(),
                good.toBuilder().addMeters(good.getMeters(0)).build(),
                configuration("2026-01-01T00:00:00Z", "ten"),
                configuration("2026-01-01T00:00:00Z", "0"),
                good.toBuilder()
                        .setMeters(0, good.getMeters(0).toBuilder().setParent("main"))
                        .build(),
                good.toBuilder()
                        .setMeters(0, good.getMeters(0).toBuilder().setParent("gone"))
                        .build(),
                good.toBuilder()
                        .setMeters(0, good.getMeters(0).toBuilder().setEnergySource("wind"))
                        .build(),
                good.toBuilder().setSite("cellar").build());
        for (MeteringConfiguration configuration : bad) {
            assertThatThrownBy(() -> configure(configuration)).isInstanceOf(Refusal.class);
        }
        assertThat(house.in(acme, () -> house.log.size())).isEqualTo(LogSize.of(1));
    }

    @Test
    void aSiteIsListedUnderTheNameOfItsNewestConfiguration() {
        configure(configuration("2026-01-01T00:00:00Z", "0.01"));
        configure(configuration("2026-02-01T00:00:00Z", "0.01").toBuilder()
                .setSiteName("Big hall")
                .build());
        assertThat(house.in(acme, () -> house.metering.sites()))
                .extracting(Site::name)
                .containsExactly("Big hall");
        assertThat(house.in(house.tenant("globex"), () -> house.metering.sites()))
                .isEmpty();
    }

    @Test
    void anAgentIsEnrolledOncePerKeyAndTwoAgentsNeverShareOne() {
        VerificationKey key = SigningKey.generate(new SecureRandom()).verificationKey();
        AgentId agent = AgentId.of("hall-agent");
        long first = house.in(acme, () -> house.metering.enrolAgent(agent, HALL, key));
        assertThat(house.in(acme, () -> house.metering.enrolAgent(agent, HALL, key)))
                .isEqualTo(first);
        assertThatThrownBy(() -> house.in(acme, () -> house.metering.enrolAgent(AgentId.of("copy"), HALL, key)))
                .hasMessageContaining("its key is that of agent hall-agent");
        house.in(acme, () -> house.metering.revokeAgent(agent, "sold"));
        assertThat(house.in(acme, () -> house.metering.agents()))
                .extracting(Agent::revoked)
                .containsExactly(true);
    }

    private long configure(MeteringConfiguration configuration) {
        return house.in(acme, () -> house.metering.configure(configuration));
    }

    private Channel channel() {
        return house.in(acme, () -> house.metering.channel(ENERGY)).orElseThrow();
    }

    private List<Long> inForce(String at, LogSize asKnownAt) {
        return house.in(acme, () -> house.metering.configurationAt(HALL, Instant.parse(at), asKnownAt)).stream()
                .map(SiteConfiguration::logIndex)
                .toList();
    }

    private static MeteringConfiguration configuration(String effectiveFrom, String multiplier) {
        return MeteringConfiguration.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setSiteName("Hall")
                .setZone("Europe/Berlin")
                .setEffectiveFromMs(Instant.parse(effectiveFrom).toEpochMilli())
                .addMeters(energy.audit.evidence.wire.Meter.newBuilder()
                        .setId("main")
                        .setEnergySource("electricity")
                        .addChannels(energy.audit.evidence.wire.Channel.newBuilder()
                                .setId(ENERGY.value())
                                .setQuantity("active-energy-import")
                                .setUnit("kWh")
                                .setKind(RegisterKind.COUNTER)
                                .setEncoding("uint32")
                                .setMultiplier(multiplier)
                                .setModulus("4294967296")
                                .setEnergyKwhPerUnit("1")))
                .build();
    }
}
