package energy.audit.web.metering;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.kernel.ChannelId;
import energy.audit.metering.Channel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MappingLinesTest {
    private static final ChannelId MAIN = ChannelId.of("hall.main.active-energy-import");
    private static final ChannelId PRESS = ChannelId.of("hall.press.active-energy-import");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static MappingLines mapping(String... lines) {
        return MappingLines.parse("{\"version\":1,\"mappings\":[" + String.join(",", lines) + "]}")
                .orElseThrow();
    }

    private static String line(ChannelId channel, String multiplier, String unit, String from) {
        return "{\"sensor_id\":\"" + channel + "\",\"multiplier\":\"" + multiplier + "\",\"offset\":0,\"unit\":\""
                + unit + "\",\"valid_from\":\"" + from + "T00:00:00Z\"}";
    }

    private static Map<ChannelId, Channel> configured(String multiplier, String unit) {
        return Map.of(
                MAIN,
                new Channel(
                        1,
                        MAIN,
                        "active-energy-import",
                        unit,
                        true,
                        "uint32",
                        new BigDecimal(multiplier),
                        BigDecimal.ZERO,
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    @Test
    void aChangeIsTheLinesThatWentAndTheLinesThatCame() {
        MappingLines before = mapping(line(MAIN, "100", "kWh", "2026-01-01"), line(PRESS, "1", "kWh", "2026-01-01"));
        MappingLines after = mapping(line(MAIN, "80", "kWh", "2026-02-01"), line(PRESS, "1", "kWh", "2026-01-01"));
        assertThat(after.without(before))
                .extracting(MappingLines.Line::toString)
                .containsExactly("hall.main.active-energy-import × 80 kWh, 2026-02-01T00:00:00Z");
        assertThat(before.without(after))
                .extracting(MappingLines.Line::toString)
                .containsExactly("hall.main.active-energy-import × 100 kWh, 2026-01-01T00:00:00Z");
    }

    @Test
    void anotherMultiplierOrUnitOrAnUnknownChannelIsADisagreementAndOtherDecimalsOfOneNumberAreNot() {
        assertThat(mapping(line(MAIN, "0.10", "kWh", "2026-01-01"))
                        .disagreements(
                                id -> Optional.ofNullable(
                                        configured("0.1", "kWh").get(id)),
                                NOW))
                .isEmpty();
        assertThat(mapping(line(MAIN, "0.2", "kWh", "2026-01-01"), line(PRESS, "1", "kWh", "2026-01-01"))
                        .disagreements(
                                id -> Optional.ofNullable(
                                        configured("0.1", "kWh").get(id)),
                                NOW))
                .containsExactly(
                        new MappingLines.Disagreement(MappingLines.Difference.SCALE, MAIN, "× 0.2", "× 0.1"),
                        new MappingLines.Disagreement(MappingLines.Difference.CHANNEL, PRESS, "× 1", ""));
        assertThat(mapping(line(MAIN, "0.1", "MWh", "2026-01-01"))
                        .disagreements(
                                id -> Optional.ofNullable(
                                        configured("0.1", "kWh").get(id)),
                                NOW))
                .containsExactly(new MappingLines.Disagreement(MappingLines.Difference.UNIT, MAIN, "MWh", "kWh"));
    }

    @Test
    void aLineThatIsNotYetInForceIsNotCompared() {
        assertThat(mapping(line(MAIN, "0.1", "kWh", "2026-01-01"), line(MAIN, "0.2", "kWh", "2026-04-01"))
                        .disagreements(
                                id -> Optional.ofNullable(
                                        configured("0.1", "kWh").get(id)),
                                NOW))
                .isEmpty();
    }

    @Test
    void whatIsNoMappingIsNotReadAsOne() {
        assertThat(MappingLines.parse("not json")).isEmpty();
        assertThat(MappingLines.parse("{}")).isEmpty();
        assertThat(MappingLines.parse("{\"mappings\":[{\"sensor_id\":7}]}")).isEmpty();
    }
}
