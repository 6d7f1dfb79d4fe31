package energy.audit.web.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.kernel.Refusal;
import org.junit.jupiter.api.Test;

class ConfigurationBodyTest {
    private static final String JSON = """
            {"tenant":"demo-castings","site":"foundry-north","siteName":"Foundry North","zone":"Europe/Berlin",
             "effectiveFrom":"2025-10-31T23:00:00Z","meters":[
              {"id":"main","name":"Main supply","energySource":"electricity","parent":"","serial":"PA-1","channels":[
               {"id":"foundry-north.main.active-energy-import","quantity":"active-energy-import","unit":"kWh",
                "kind":"COUNTER","encoding":"uint32","multiplier":"0.01","offset":"0","modulus":"4294967296",
                "maxCountsPerHour":"600000","energyKwhPerUnit":"1"},
               {"id":"foundry-north.main.active-power","quantity":"active-power","unit":"kW","kind":"GAUGE",
                "encoding":"int32","multiplier":"0.001","offset":"0"}]}]}""";

    @Test
    void decimalTextsStayAsTheyAreWritten() {
        MeteringConfiguration read = ConfigurationBody.read("demo-castings", JSON);
        assertThat(read.getEffectiveFromMs()).isEqualTo(1761951600000L);
        assertThat(read.getMeters(0).getChannels(0).getMultiplier()).isEqualTo("0.01");
        assertThat(read.getMeters(0).getChannels(0).getKind()).isEqualTo(RegisterKind.COUNTER);
        assertThat(read.getMeters(0).getChannels(1).getModulus()).isEmpty();
    }

    @Test
    void aMisspeltFieldIsNamedWithItsPlace() {
        assertThatThrownBy(() -> ConfigurationBody.read("demo-castings", JSON.replace("multiplier", "multiplyer")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("channels")
                .hasMessageContaining("multiplyer");
    }

    @Test
    void anUnknownKindOfRegisterIsRefused() {
        assertThatThrownBy(() -> ConfigurationBody.read("demo-castings", JSON.replace("COUNTER", "counter")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("COUNTER or GAUGE");
    }
}
