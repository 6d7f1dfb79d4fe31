package energy.audit.analysis.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void numbersKeepTheirDigitsAndWhatIsNoNumberIsNull() {
        assertThat(JsonText.of(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(JsonText.of(1.0e10)).isEqualTo("10000000000");
        assertThat(JsonText.of(8.769601996148801E-48)).isEqualTo("8.769601996148801e-48");
        assertThat(JsonText.of(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(JsonText.of(Double.NaN)).isEqualTo("null");
        assertThat(JsonText.of(List.of(1, 2L, true))).isEqualTo("[1,2,true]");
    }

    @Test
    void textsCannotEndTheirQuotes() {
        assertThat(JsonText.of("a \"b\" \\ \n Ω")).isEqualTo("\"a \\\"b\\\" \\\\ \\u000a Ω\"");
    }

    @Test
    void forPeopleEachEntryHasItsLine() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("n", 1.5);
        map.put("rows", List.of(1, List.of()));
        assertThat(JsonText.indented(map)).isEqualTo("{\n  \"n\": 1.5,\n  \"rows\": [\n    1,\n    []\n  ]\n}");
    }

    @Test
    void mapsKeepTheirOrderAndTheirNulls() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("b", null);
        map.put("a", new ArrayList<>());
        assertThat(JsonText.of(map)).isEqualTo("{\"b\":null,\"a\":[]}");
    }
}
