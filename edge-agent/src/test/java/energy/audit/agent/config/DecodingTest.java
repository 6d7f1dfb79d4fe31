package energy.audit.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
            if (Set.of("string", "int16+sf").contains(node.path("type").asText())) {
                continue; // not one register value: text, and a value with its scale in a second register
            }
            tests.add(DynamicTest.dynamicTest(node.path("case").asText(), () -> decodes(node)));
        }
        assertThat(tests).hasSizeGreaterThan(8);
        return tests;
    }

    private static void decodes(JsonNode node) {
        List<Integer> list = new ArrayList<>();
        node.path("words").forEach(word -> list.add(Integer.parseInt(word.asText(), 16)));
        int[] words = list.stream().mapToInt(Integer::intValue).toArray();
        boolean acc32 = node.path("type").asText().equals("acc32");
        RegisterType type = acc32
                ? RegisterType.UINT32
                : RegisterType.named(node.path("type").asText());
        String order = node.path("word_order").asText();
        long count =
                type.count(WordOrder.named(order.equals("-") ? "big" : order).bits(words));
        if (node.path("expected").isNull()) {
            long rule = type.notImplemented(acc32 ? "0" : "sunspec").getAsLong();
            assertThat(count == rule || type.isNotANumber(count)).isTrue();
        } else {
            double raw = type == RegisterType.FLOAT32
                    ? Float.intBitsToFloat((int) count)
                    : Double.parseDouble(type.shown(count));
            double value = raw / node.path("divide_by").asDouble();
            double expected = node.path("expected").asDouble();
            assertThat(value).isCloseTo(expected, within(Math.abs(expected) * 1e-12));
        }
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
                .containsExactly(1, 1, 2, 2, 4, 4, 2, 4);
    }
}
