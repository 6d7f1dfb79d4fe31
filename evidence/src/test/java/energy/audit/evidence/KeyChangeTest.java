package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.KeyChange;
import energy.audit.evidence.wire.SignedKeyChange;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyChangeTest {
    private final SecureRandom random = new SecureRandom();
    private final SigningKey old = SigningKey.generate(random);
    private final SigningKey next = SigningKey.generate(random);

    @Test
    void anAnnouncementNamesBothKeysAndTheFirstBatchOfTheNewOne() throws Exception {
        OpenedKeyChange change = OpenedKeyChange.open(announced(old, next));

        assertThat(change.oldKey()).isEqualTo(old.verificationKey());
        assertThat(change.newKey()).isEqualTo(next.verificationKey());
        assertThat(change.firstSequence()).isEqualTo(17);
        assertThat(change.body().getAgent()).isEqualTo("roof");
    }

    @Test
    void whoHoldsOnlyOneOfTheKeysCannotAnnounce() throws Exception {
        SigningKey thief = SigningKey.generate(random);
        SignedKeyChange genuine = SignedKeyChange.parseFrom(announced(old, next));
        SignedKeyChange byThief = SignedKeyChange.parseFrom(announced(old, thief));

        assertThatThrownBy(() -> OpenedKeyChange.open(genuine.toBuilder()
                        .setNewSignature(byThief.getNewSignature())
                        .build()
                        .toByteArray()))
                .hasMessageContaining("new_signature");
        assertThatThrownBy(() -> OpenedKeyChange.open(SignedKeyChange.newBuilder()
                        .setBody(genuine.getBody())
                        .setOldSignature(genuine.getNewSignature())
                        .setNewSignature(genuine.getNewSignature())
                        .build()
                        .toByteArray()))
                .hasMessageContaining("old_signature");
    }

    @Test
    void aChangedBodyAndAChangeToTheSameKeyAreRefused() throws Exception {
        SignedKeyChange genuine = SignedKeyChange.parseFrom(announced(old, next));
        ByteString later = KeyChange.parseFrom(genuine.getBody()).toBuilder()
                .setFirstSequence(99)
                .build()
                .toByteString();

        assertThatThrownBy(() -> OpenedKeyChange.open(
                        genuine.toBuilder().setBody(later).build().toByteArray()))
                .isInstanceOf(MalformedEvidence.class);
        assertThatThrownBy(() -> OpenedKeyChange.open(announced(old, old))).hasMessageContaining("changes nothing");
        assertThatThrownBy(() -> OpenedKeyChange.open(new byte[] {1, 2, 3})).isInstanceOf(MalformedEvidence.class);
    }

    private static byte[] announced(SigningKey old, SigningKey next) {
        return OpenedKeyChange.announce("acme", "roof", old, next, 17, 1_780_000_000_000L);
    }
}
