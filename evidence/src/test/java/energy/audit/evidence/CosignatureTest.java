package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CosignatureTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final String WITNESS = "auditor.example/anna";

    private final SigningKey logKey = SigningKey.generate(new SecureRandom());
    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private final Checkpoint head =
            new Checkpoint("energy-audit/inst/acme", 42, Hash.sha256("root".getBytes(StandardCharsets.UTF_8)));
    private final String note = head.signedNote("energy-audit/inst", logKey);

    @Test
    void aCosignedNoteOpensForTheLogKeyAndForTheWitness() throws MalformedEvidence {
        String cosigned = Cosignature.addTo(note, WITNESS, key, AT);
        assertThat(Checkpoint.open(cosigned, "energy-audit/inst", logKey.verificationKey()))
                .isEqualTo(head);
        assertThat(Cosignature.of(cosigned, WITNESS, key.verificationKey())).contains(new Cosignature(WITNESS, AT));
        assertThat(cosigned).startsWith(note);
        assertThat(note
                        + Cosignature.textOf(cosigned, WITNESS, key.verificationKey())
                                .orElseThrow())
                .isEqualTo(cosigned);
    }

    @Test
    void theBytesAreThoseOfTheStandard() throws MalformedEvidence {
        String cosigned = Cosignature.addTo(note, WITNESS, key, AT);
        String line = cosigned.substring(note.length()).strip();
        byte[] bytes = java.util.Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
        assertThat(bytes).hasSize(4 + 8 + 64);
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        byte[] id = new byte[4];
        buffer.get(id);
        assertThat(id)
                .isEqualTo(java.util.Arrays.copyOf(
                        Hash.sha256(
                                        (WITNESS + "\n\u0004").getBytes(StandardCharsets.UTF_8),
                                        key.verificationKey().raw())
                                .bytes(),
                        4));
        assertThat(buffer.getLong()).isEqualTo(AT.getEpochSecond());
        byte[] signature = new byte[64];
        buffer.get(signature);
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        assertThat(key.verificationKey()
                        .verifies(
                                ("cosignature/v1\ntime " + AT.getEpochSecond() + "\n" + text)
                                        .getBytes(StandardCharsets.UTF_8),
                                signature))
                .isTrue();
    }

    @Test
    void aLineUnderAnotherHeadOrWithAnotherTimeIsNotGood() throws MalformedEvidence {
        String cosigned = Cosignature.addTo(note, WITNESS, key, AT);
        String line = cosigned.substring(note.length());
        String other = new Checkpoint(head.origin(), 43, head.root()).signedNote("energy-audit/inst", logKey);
        assertThatThrownBy(() -> Cosignature.of(other + line, WITNESS, key.verificationKey()))
                .isInstanceOf(MalformedEvidence.class)
                .hasMessageContaining("cosignature of " + WITNESS);
        byte[] bytes = java.util.Base64.getDecoder()
                .decode(line.strip().substring(line.strip().lastIndexOf(' ') + 1));
        bytes[11] ^= 1;
        String later =
                note + "\u2014 " + WITNESS + " " + java.util.Base64.getEncoder().encodeToString(bytes) + "\n";
        assertThatThrownBy(() -> Cosignature.of(later, WITNESS, key.verificationKey()))
                .isInstanceOf(MalformedEvidence.class);
    }

    @Test
    void withoutALineOfThatKeyThereIsNone() throws MalformedEvidence {
        assertThat(Cosignature.of(note, WITNESS, key.verificationKey())).isEmpty();
        String cosigned = Cosignature.addTo(note, WITNESS, key, AT);
        assertThat(Cosignature.of(cosigned, "someone.else", key.verificationKey()))
                .isEmpty();
        assertThat(Cosignature.of(
                        cosigned,
                        WITNESS,
                        SigningKey.generate(new SecureRandom()).verificationKey()))
                .isEmpty();
    }
}
