package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    /** The public key that transparency-dev/tessera publishes with its test log (testdata/build_log.sh). */
    private static final String TEST_LOG_KEY = "AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    private static final String TEST_LOG = "example.com/log/testdata";

    @Test
    void aPublishedLogsCheckpointsAreOpenedAndTheirRootsRecomputed() throws Exception {
        byte[] typed = Base64.getDecoder().decode(TEST_LOG_KEY);
        VerificationKey key = VerificationKey.of(Arrays.copyOfRange(typed, 1, typed.length));
        ByteBuffer entries = ByteBuffer.wrap(
                Files.readAllBytes(PublishedCases.file("tlog_checkpoint/testdata/log/tile/entries/000.p/15")));
        MerkleLog log = new MerkleLog(new MemoryNodes());
        for (int size = 0; size <= 15; size++) {
            Checkpoint checkpoint = Checkpoint.open(publishedNote(size), TEST_LOG, key);
            assertThat(checkpoint).isEqualTo(new Checkpoint(TEST_LOG, size, log.root(size)));
            if (size < 15) {
                byte[] entry = new byte[entries.getShort()];
                entries.get(entry);
                log.append(Merkle.leaf(entry));
            }
        }
        byte[] tile = Files.readAllBytes(PublishedCases.file("tlog_checkpoint/testdata/log/tile/0/000.p/15"));
        assertThat(tile).hasSize(15 * 32);
    }

    @Test
    void aPublishedCheckpointIsRefusedUnderAnotherNameKeyOrText() throws Exception {
        byte[] typed = Base64.getDecoder().decode(TEST_LOG_KEY);
        VerificationKey key = VerificationKey.of(Arrays.copyOfRange(typed, 1, typed.length));
        VerificationKey other = SigningKey.ofSeed(new byte[32]).verificationKey();
        String note = publishedNote(9);
        assertThatThrownBy(() -> Checkpoint.open(note, "example.com/log/other", key))
                .isInstanceOf(MalformedEvidence.class);
        assertThatThrownBy(() -> Checkpoint.open(note, TEST_LOG, other)).isInstanceOf(MalformedEvidence.class);
        assertThatThrownBy(() -> Checkpoint.open(note.replace("\n9\n", "\n8\n"), TEST_LOG, key))
                .isInstanceOf(MalformedEvidence.class)
                .hasMessageContaining("not good for this text");
    }

    @Test
    void whatIsSignedIsOpenedAgainAndNoCharacterMayChange() throws Exception {
        SigningKey key = SigningKey.ofSeed(new byte[32]);
        Checkpoint head = new Checkpoint(Checkpoint.originOf("plant-7", "demo-castings"), 42, Hash.sha256());
        String note = head.signedNote(head.keyName(), key);
        assertThat(head.keyName()).isEqualTo("energy-audit/plant-7");
        assertThat(head.tenant()).isEqualTo("demo-castings");
        assertThat(Checkpoint.open(note, "energy-audit/plant-7", key.verificationKey()))
                .isEqualTo(head);
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] flipped = bytes.clone();
            flipped[i / 8] ^= (byte) (1 << (i % 8));
            String changed = new String(flipped, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Checkpoint.open(changed, "energy-audit/plant-7", key.verificationKey()))
                    .as(changed)
                    .isInstanceOf(MalformedEvidence.class);
        }
    }

    @Test
    void signaturesOfWitnessesArePassedOver() throws Exception {
        SigningKey log = SigningKey.ofSeed(new byte[32]);
        SigningKey witness = SigningKey.ofSeed(Hash.sha256().bytes());
        Checkpoint head = new Checkpoint("energy-audit/plant-7/demo-castings", 1, Hash.ZERO);
        String cosigned = head.signedNote("energy-audit/plant-7", log)
                + head.signedNote("witness.example/w1", witness)
                        .lines()
                        .reduce((first, second) -> second)
                        .orElseThrow()
                + "\n";
        assertThat(Checkpoint.open(cosigned, "energy-audit/plant-7", log.verificationKey()))
                .isEqualTo(head);
        assertThat(Checkpoint.open(cosigned, "witness.example/w1", witness.verificationKey()))
                .isEqualTo(head);
    }

    private static String publishedNote(int size) throws IOException {
        return Files.readString(PublishedCases.file("tlog_checkpoint/testdata/log/checkpoint." + size));
    }
}
