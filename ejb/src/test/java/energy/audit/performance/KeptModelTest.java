package energy.audit.performance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptModelTest {
    private static final String KEPT =
            "{\"kind\":\"linear\",\"n\":90,\"estimate\":1.234567890123456E7,\"p\":8.769E-48,\"at\":[12.0,-0.5],\"reasons\":[\"R² is 0.4\"]}";

    @Test
    void theFormOfNumbersAndTheirLastDigitsDoNotMatter() {
        assertThat(KeptModel.agrees(KEPT, KEPT)).isTrue();
        assertThat(
                        KeptModel.agrees(
                                KEPT,
                                "{\"kind\":\"linear\",\"n\":90,\"estimate\":12345678.901234562,\"p\":8.769e-48,\"at\":[12,-0.5],\"reasons\":[\"R² is 0.4\"]}"))
                .isTrue();
    }

    @Test
    void anotherNumberWordOrLengthDoes() {
        assertThat(KeptModel.agrees(KEPT, KEPT.replace("1.234567890123456E7", "1.234567990123456E7")))
                .isFalse();
        assertThat(KeptModel.agrees(KEPT, KEPT.replace("-0.5", "0.5"))).isFalse();
        assertThat(KeptModel.agrees(KEPT, KEPT.replace("12.0,", "12.0,1,"))).isFalse();
        assertThat(KeptModel.agrees(KEPT, KEPT.replace("0.4", "0.5"))).isFalse();
        assertThat(KeptModel.agrees(KEPT, KEPT.replace("90", "null"))).isFalse();
        assertThat(KeptModel.agrees(KEPT, KEPT + " ")).isFalse();
        assertThat(KeptModel.agrees(KEPT, "")).isFalse();
    }
}
