package energy.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import energy.audit.House;
import energy.audit.evidence.Commissioning;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.ingest.Admission.Stored;
import energy.audit.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What batches carry besides readings: how counts are meant at the plant, and what was seen at the meters. */
class AnnouncedAtThePlantIT {
    private final House house = new House();
    private final TenantId tenant = house.tenant("acme");
    private final TestAgent agent = new TestAgent(tenant, "hall-agent");

    @BeforeEach
    void anEnrolledAgent() {
        house.in(tenant, () -> house.metering.enrolAgent(agent.id, agent.site, agent.key.verificationKey()));
    }

    private Admission admit(Envelope envelope) {
        return house.ingest.admit(List.of(envelope)).get(0);
    }

    @Test
    void aMappingThatABatchCarriesIsKeptWithItsEntryAndARepeatedOneIsShownOnce() {
        Stored first = (Stored) admit(agent.publish(agent.seal(body -> mapped(body, "a"))));
        admit(agent.publish(agent.seal(body -> mapped(body, "a"))));
        Stored third = (Stored) admit(agent.publish(agent.seal(body -> mapped(body, "b"))));
        assertThat(house.in(tenant, () -> house.ingest.mappings(agent.id)))
                .extracting(m -> m.logIndex() + " " + m.sequence() + " " + m.text())
                .containsExactly(first.logIndex() + " 1 a", third.logIndex() + " 3 b");
    }

    @Test
    void aMappingThatIsNotTheOneItsBatchNamesIsRefused() {
        Admission admission =
                admit(agent.publish(agent.seal(body -> mapped(body, "a").setMapping(ByteString.copyFromUtf8("b")))));
        assertThat(((Admission.Quarantined) admission).reason()).isEqualTo(Admission.Reason.MAPPING_DISAGREES);
        assertThat(house.in(tenant, () -> house.ingest.mappings(agent.id))).isEmpty();
    }

    @Test
    void aCommissioningRecordIsListedOnceWithItsEntryHoweverOftenItIsCarried() {
        var record = Commissioning.seal("{\"unit\":3}", agent.key);
        Stored first = (Stored) admit(agent.publish(agent.seal(body -> body.addCommissioning(record))));
        admit(agent.publish(agent.seal(body -> body.addCommissioning(record))));
        assertThat(house.in(tenant, () -> house.ingest.commissioned()))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.logIndex()).isEqualTo(first.logIndex());
                    assertThat(found.signed()).isEqualTo(record);
                    assertThat(found.signatureFits()).isTrue();
                });
    }

    @Test
    void aCommissioningRecordOfAnotherKeyOrOfOtherWordsIsMarkedAndTheReadingsBesideItAreKept() {
        var stranger = Commissioning.seal("{}", SigningKey.generate(new SecureRandom()));
        var changed = Commissioning.seal("{\"unit\":3}", agent.key).toBuilder()
                .setRecord(ByteString.copyFromUtf8("{\"unit\":4}"))
                .build();
        assertThat(admit(agent.publish(
                        agent.seal(body -> body.addCommissioning(stranger).addCommissioning(changed)))))
                .isInstanceOf(Stored.class);
        assertThat(house.in(tenant, () -> house.ingest.commissioned()))
                .hasSize(2)
                .noneMatch(CommissionedRegister::signatureFits);
    }

    private static Batch.Builder mapped(Batch.Builder body, String mapping) {
        return body.setMapping(ByteString.copyFromUtf8(mapping))
                .setMappingSha256(
                        Hash.sha256(mapping.getBytes(StandardCharsets.UTF_8)).byteString());
    }
}
