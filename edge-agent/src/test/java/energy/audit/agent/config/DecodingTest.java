package energy.audit.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DecodingTest {
    private static final Path CASES = Path.of("../../shared/data/modbus_maps/decode_cases.json");

    @TestFactory
    List<DynamicTest> publishedCasesDecodeToTheirValues() throws IOException {
        assumeTrue(Files.exists(CASES), "published decode cases are not on this machine: " + CASES);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode node :
                new ObjectMapper().readTree(Files.readAllBytes(CASES)).path("cases")) {
            tests.add(DynamicTest.dynamicTest(node.path("case").asText(), () -> decodes(node)));
        }
        assertThat(tests).hasSize(16);
        return tests;
    }

    private static void decodes(JsonNode node) {
        List<Integer> list = new ArrayList<>();
        node.path("words").forEach(word -> list.add(Integer.parseInt(word.asText(), 16)));
        int[] words = list.stream().mapToInt(Integer::intValue).toArray();
        String typeName = node.path("type").asText();
        if (typeName.equals("string")) {
            assertThat(RegisterText.of(words)).isEqualTo(node.path("expected").asText());
            return;
        }
        boolean scaled = typeName.endsWith("+sf");
        RegisterType type = RegisterType.named(scaled ? typeName.substring(0, typeName.length() - 3) : typeName);
        String order = node.path("word_order").asText();
        int exponent = -3;
        Register register = new Register(
                "s.m.q",
                Area.HOLDING,
                100,
                type,
                WordOrder.named(order.equals("-") ? "big" : order),
                type.notImplemented("sunspec"),
                Optional.empty(),
                scaled ? Optional.of(new FixedPoint(OptionalInt.of(100 + type.words()), exponent)) : Optional.empty());
        Decoded decoded = register.decode(words, 100);
        if (node.path("expected").isNull()) {
            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Decoded.Absent.class,
                            absent -> assertThat(absent.cause()).isEqualTo(GapCause.NOT_IMPLEMENTED));
        } else {
            long count = ((Decoded.Count) decoded).count();
            double raw = scaled ? count * Math.pow(10, exponent) : type.asDouble(count);
            double expected = node.path("expected").asDouble();
            assertThat(raw / node.path("divide_by").asDouble()).isCloseTo(expected, within(Math.abs(expected) * 1e-12));
        }
    }

    @Test
    void aScaleFactorThatIsAbsentIllegalOrTooFineGivesNoReadingInsteadOfAWrongOne() {
        Register power = new Register(
                "s.m.q",
                Area.HOLDING,
                2,
                RegisterType.INT16,
                WordOrder.BIG,
                RegisterType.INT16.notImplemented("sunspec"),
                Optional.empty(),
                Optional.of(new FixedPoint(OptionalInt.of(0), -1)));
        assertThat(power.first()).isZero();
        assertThat(power.width()).isEqualTo(3);
        assertThat(power.decode(new int[] {0xFFFF, 7, 2345}, 0)).isEqualTo(new Decoded.Count(2345));
        assertThat(power.decode(new int[] {2, 7, 0xFFFF}, 0)).isEqualTo(new Decoded.Count(-1000));
        assertThat(power.decode(new int[] {0xFFFE, 7, 2340}, 0)).isEqualTo(new Decoded.Count(234));
        assertThat(detail(power.decode(new int[] {0xFFFE, 7, 2345}, 0))).contains("no whole number of counts of 10^-1");
        assertThat(detail(power.decode(new int[] {0x8000, 7, 2345}, 0))).contains("no scale factor");
        assertThat(detail(power.decode(new int[] {11, 7, 2345}, 0))).contains("legal are -10 to 10");
        assertThat(detail(power.decode(new int[] {0, 7, 0x8000}, 0))).contains("no such value");
    }

    @Test
    void aFloatCounterBecomesWholeCountsThatCanBeSubtracted() {
        Register energy = new Register(
                "s.m.q",
                Area.INPUT,
                72,
                RegisterType.FLOAT32,
                WordOrder.BIG,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(new FixedPoint(OptionalInt.empty(), -3)));
        assertThat(energy.decode(new int[] {0x47F1, 0x2064}, 72)).isEqualTo(new Decoded.Count(123_456_781));
        assertThat(detail(energy.decode(new int[] {0x7FC0, 1}, 72))).contains("no such value");
        assertThat(detail(energy.decode(new int[] {0x7F80, 0}, 72))).contains("infinite");
        assertThat(detail(energy.decode(new int[] {0x7F00, 0}, 72))).contains("does not fit");
    }

    @Test
    void bitFieldsAreCountsOfTheirOwnAndTheSentinelIsThatOfTheWholeRegister() {
        Register phases = new Register(
                "s.m.q",
                Area.HOLDING,
                0,
                RegisterType.UINT16,
                WordOrder.BIG,
                RegisterType.UINT16.notImplemented("sunspec"),
                Optional.of(BitField.parse("4..7")),
                Optional.empty());
        assertThat(phases.decode(new int[] {0xABCD}, 0)).isEqualTo(new Decoded.Count(0xC));
        assertThat(phases.decode(new int[] {0xFFFF}, 0)).isInstanceOf(Decoded.Absent.class);
        assertThat(BitField.parse("3").of(0b1000)).isOne();
        assertThat(BitField.parse("63").of(Long.MIN_VALUE)).isOne();
        assertThatThrownBy(() -> BitField.parse("7..4")).hasMessageContaining("outside");
        assertThatThrownBy(() -> BitField.parse("low")).hasMessageContaining("names no bits");
    }

    private static String detail(Decoded decoded) {
        return ((Decoded.Absent) decoded).detail();
    }

    @Test
    void aUint64AboveTheSignedRangeIsShownUnsigned() {
        long count = RegisterType.UINT64.count(WordOrder.BIG.bits(0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE));
        assertThat(RegisterType.UINT64.shown(count)).isEqualTo("18446744073709551614");
    }

    @Test
    void everyWordOrderPutsTheSameBytesTogether() {
        assertThat(WordOrder.named("ABCD").bits(0x1122, 0x3344)).isEqualTo(0x11223344L);
        assertThat(WordOrder.named("CDAB").bits(0x3344, 0x1122)).isEqualTo(0x11223344L);
        assertThat(WordOrder.named("BADC").bits(0x2211, 0x4433)).isEqualTo(0x11223344L);
        assertThat(WordOrder.named("DCBA").bits(0x4433, 0x2211)).isEqualTo(0x11223344L);
        assertThat(WordOrder.named("little").bits(4, 3, 2, 1)).isEqualTo(0x0001_0002_0003_0004L);
    }

    @Test
    void signedAndUnsignedTypesReadTheSameBitsDifferently() {
        assertThat(RegisterType.INT16.count(0xFFFF)).isEqualTo(-1);
        assertThat(RegisterType.UINT16.count(0xFFFF)).isEqualTo(65535);
        assertThat(RegisterType.INT32.count(0xFFFF_FFFFL)).isEqualTo(-1);
        assertThat(RegisterType.UINT32.count(0xFFFF_FFFFL)).isEqualTo(4294967295L);
        assertThat(Arrays.stream(RegisterType.values()).map(RegisterType::words))
                .containsExactly(1, 1, 2, 2, 4, 4, 2, 4, 1, 2, 4);
    }
}
