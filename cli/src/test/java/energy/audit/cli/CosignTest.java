package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Cosignature;
import energy.audit.evidence.Hash;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.MerkleLog;
import energy.audit.evidence.MerkleNodes;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CosignTest {
    private static final String ORIGIN = "energy-audit/inst/acme";
    private static final String NAME = "auditor.example/anna";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SigningKey logKey = SigningKey.generate(new SecureRandom());
    private final MerkleLog honest = log("entry");

    @SuppressWarnings("NullAway.Init")
    private VerificationKey witness;

    private static MerkleLog log(String word) {
        Map<String, Hash> nodes = new HashMap<>();
        long[] size = new long[1];
        MerkleLog log = new MerkleLog(new MerkleNodes() {
            @Override
            public Hash node(int level, long index) {
                return java.util.Objects.requireNonNull(nodes.get(level + "/" + index));
            }

            @Override
            public void put(int level, long index, Hash hash) {
                nodes.put(level + "/" + index, hash);
                size[0] = level == 0 ? index + 1 : size[0];
            }

            @Override
            public long size() {
                return size[0];
            }
        });
        for (int i = 0; i < 20; i++) {
            log.append(Merkle.leaf((word + i).getBytes(StandardCharsets.UTF_8)));
        }
        return log;
    }

    @BeforeEach
    void makeAKey() throws IOException {
        Call made = Call.of("cosign", "--name", NAME, "--key", key(), "--new-key");
        assertThat(made.status()).as(made.err()).isZero();
        witness = VerificationKey.of(Base64.getDecoder().decode(made.out().strip()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("anna.key"))))
                .isEqualTo("rw-------");
    }

    private String key() {
        return folder.resolve("anna.key").toString();
    }

    private String note(MerkleLog log, long size) {
        return new Checkpoint(ORIGIN, size, log.root(size)).signedNote("energy-audit/inst", logKey);
    }

    private Call cosign(MerkleLog log, long size, String... more) throws IOException {
        Path head = Files.writeString(folder.resolve("head"), note(log, size));
        List<String> line = new ArrayList<>(List.of("cosign", "--name", NAME, "--key", key(), "--checkpoint"));
        line.addAll(List.of(head.toString(), "--log-key"));
        line.add(Base64.getEncoder().encodeToString(logKey.verificationKey().raw()));
        line.addAll(List.of(more));
        return Call.of(line.toArray(String[]::new));
    }

    private String proof(MerkleLog log, long from, long to) throws IOException {
        String path = String.join(
                ",",
                log.consistency(from, to).stream()
                        .map(hash -> "\"" + hash.hex() + "\"")
                        .toList());
        return Files.writeString(
                        folder.resolve("proof.json"),
                        "{\"from\":" + from + ",\"to\":" + to + ",\"path\":[" + path + "]}")
                .toString();
    }

    @Test
    void theFirstHeadIsSignedAndALaterOneWithItsProof() throws Exception {
        Call first = cosign(honest, 7);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(Cosignature.of(first.out(), NAME, witness)).isPresent();
        Call later = cosign(honest, 13, "--proof", proof(honest, 7, 13));
        assertThat(later.status()).as(later.err()).isZero();
        assertThat(later.err()).contains("continue the 7 signed before");
    }

    @Test
    void aLaterHeadWithoutProofOrOfAnotherHistoryIsNotSigned() throws Exception {
        assertThat(cosign(honest, 7).status()).isZero();
        Call without = cosign(honest, 13);
        assertThat(without.status()).isEqualTo(1);
        assertThat(without.err()).contains("from=7&to=13");
        MerkleLog other = log("rewritten");
        Call rewritten = cosign(other, 13, "--proof", proof(other, 7, 13));
        assertThat(rewritten.status()).isEqualTo(1);
        assertThat(rewritten.out()).isEmpty();
        Call sameSize = cosign(other, 7);
        assertThat(sameSize.status()).isEqualTo(1);
        assertThat(sameSize.err()).contains("two histories");
        assertThat(cosign(honest, 5).err()).contains("is smaller");
        assertThat(cosign(honest, 13, "--proof", proof(honest, 7, 13)).status()).isZero();
    }

    @Test
    void whatTheLogsKeyHasNotSignedIsNotSigned() throws Exception {
        String stranger = new Checkpoint(ORIGIN, 7, honest.root(7))
                .signedNote("energy-audit/inst", SigningKey.generate(new SecureRandom()));
        Path head = Files.writeString(folder.resolve("strange"), stranger);
        Call call = Call.of(
                "cosign",
                "--name",
                NAME,
                "--key",
                key(),
                "--checkpoint",
                head.toString(),
                "--log-key",
                Base64.getEncoder().encodeToString(logKey.verificationKey().raw()));
        assertThat(call.status()).isEqualTo(1);
        assertThat(call.err()).contains("Sign only what the log's key has signed");
        assertThat(Call.of("cosign", "--name", NAME, "--key", key(), "--new-key")
                        .status())
                .isEqualTo(2);
    }
}
