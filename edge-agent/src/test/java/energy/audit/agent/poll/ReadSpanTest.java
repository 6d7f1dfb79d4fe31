package energy.audit.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.config.Area;
import energy.audit.agent.config.Register;
import energy.audit.agent.config.RegisterType;
import energy.audit.agent.config.WordOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadSpanTest {
    @Test
    void neighboursShareARequestAndHolesUpToTheLimitAreReadAlong() {
        List<Register> registers = List.of(uint32(0), uint32(2), uint32(8), uint32(20));
        assertThat(ReadSpan.covering(registers, 4))
                .extracting(ReadSpan::start, ReadSpan::quantity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 10), org.assertj.core.groups.Tuple.tuple(20, 2));
        assertThat(ReadSpan.covering(registers, 0)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noValueIsEverCutInTwoAndNoRequestIsTooLong(long seed) {
        Random random = new Random(seed);
        List<Register> registers = new ArrayList<>();
        for (int i = 0, address = 0; i < 300; i++) {
            RegisterType type = RegisterType.values()[random.nextInt(RegisterType.values().length)];
            Area area = Area.values()[random.nextInt(2)];
            registers.add(new Register("c" + i, area, address, type, WordOrder.BIG, OptionalLong.empty()));
            address += random.nextInt(6);
        }
        List<ReadSpan> spans = ReadSpan.covering(registers, random.nextInt(10));
        List<Register> read = new ArrayList<>();
        for (ReadSpan span : spans) {
            assertThat(span.quantity()).isBetween(1, 125);
            for (Register register : span.registers()) {
                assertThat(register.address()).isGreaterThanOrEqualTo(span.start());
                assertThat(register.address() + register.width()).isLessThanOrEqualTo(span.start() + span.quantity());
                read.add(register);
            }
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(registers);
    }

    private static Register uint32(int address) {
        return new Register(
                "c" + address, Area.HOLDING, address, RegisterType.UINT32, WordOrder.BIG, OptionalLong.empty());
    }
}
