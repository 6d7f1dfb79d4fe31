package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleTest {
    @Test
    void theTreesOfRfc6962HaveTheirPublishedRootsAndProofs() throws IOException {
        JsonNode published = PublishedCases.json("merkle/rfc6962_tree_0_to_8.json");
        MerkleLog log = new MerkleLog(new MemoryNodes());
        List<Hash> leaves = new ArrayList<>();
        for (JsonNode input : published.get("leaf_inputs_hex")) {
            leaves.add(Merkle.leaf(PublishedCases.hex(input)));
        }
        assertThat(leaves).isEqualTo(PublishedCases.hexHashes(published.get("leaf_hashes_hex")));
        leaves.forEach(log::append);
        List<Hash> roots = PublishedCases.hexHashes(published.get("roots_hex_by_size"));
        for (int size = 0; size <= 8; size++) {
            assertThat(log.root(size)).isEqualTo(roots.get(size));
        }
        for (JsonNode proof : published.get("inclusion_proofs")) {
            int index = proof.get("leaf_index").asInt();
            int size = proof.get("tree_size").asInt();
            List<Hash> path = PublishedCases.hexHashes(proof.get("proof_hex"));
            assertThat(log.inclusion(index, size)).isEqualTo(path);
            assertThat(Merkle.includes(leaves.get(index), index, size, path, roots.get(size)))
                    .isTrue();
        }
        for (JsonNode proof : published.get("consistency_proofs")) {
            int from = proof.get("size1").asInt();
            int to = proof.get("size2").asInt();
            List<Hash> path = PublishedCases.hexHashes(proof.get("proof_hex"));
            assertThat(log.consistency(from, to)).isEqualTo(path);
            assertThat(Merkle.consistent(from, to, roots.get(from), roots.get(to), path))
                    .isTrue();
        }
    }

    @Test
    void publishedInclusionCasesAreAcceptedOrRefusedAsMarked() throws IOException {
        int cases = 0;
        for (JsonNode c :
                PublishedCases.json("merkle/rfc6962_inclusion_cases.json").get("cases")) {
            List<Hash> path = new ArrayList<>();
            boolean wellFormed = true;
            for (JsonNode hash : c.get("proof")) {
                byte[] bytes = PublishedCases.base64(hash);
                wellFormed &= bytes.length == Hash.LENGTH;
                path.add(wellFormed ? Hash.of(bytes) : Hash.ZERO);
            }
            byte[] leaf = PublishedCases.base64(c.get("leafHash"));
            byte[] root = PublishedCases.base64(c.get("root"));
            wellFormed &= leaf.length == Hash.LENGTH && root.length == Hash.LENGTH;
            boolean accepted = wellFormed
                    && Merkle.includes(
                            Hash.of(leaf),
                            c.get("leafIdx").bigIntegerValue().longValue(),
                            c.get("treeSize").bigIntegerValue().longValue(),
                            path,
                            Hash.of(root));
            assertThat(accepted)
                    .as(c.get("file").asText())
                    .isEqualTo(!c.get("wantErr").asBoolean());
            cases++;
        }
        assertThat(cases).isEqualTo(98);
    }

    @Test
    void everyLogUpToSize130ProvesEveryLeafAndEveryEarlierSelf() {
        MerkleLog log = new MerkleLog(new MemoryNodes());
        List<Hash> leaves = leaves(130);
        leaves.forEach(log::append);
        for (int size = 1; size <= 130; size++) {
            for (int index = 0; index < size; index++) {
                assertThat(Merkle.includes(leaves.get(index), index, size, log.inclusion(index, size), log.root(size)))
                        .isTrue();
                assertThat(Merkle.consistent(
                                index + 1, size, log.root(index + 1), log.root(size), log.consistency(index + 1, size)))
                        .isTrue();
            }
        }
    }

    @Test
    void aProofWithAnythingChangedIsRefused() {
        Random random = new Random(20261123);
        MerkleLog log = new MerkleLog(new MemoryNodes());
        List<Hash> leaves = leaves(100);
        leaves.forEach(log::append);
        for (int round = 0; round < 2_000; round++) {
            int size = 2 + random.nextInt(99);
            int index = random.nextInt(size);
            List<Hash> path = new ArrayList<>(log.inclusion(index, size));
            List<Hash> proof = new ArrayList<>(log.consistency(Math.max(1, index), size));
            mutate(path, random);
            mutate(proof, random);
            assertThat(Merkle.includes(leaves.get(index), index, size, path, log.root(size)))
                    .as("round " + round)
                    .isFalse();
            assertThat(Merkle.consistent(Math.max(1, index), size, log.root(Math.max(1, index)), log.root(size), proof))
                    .as("round " + round)
                    .isFalse();
        }
    }

    private static void mutate(List<Hash> proof, Random random) {
        int choice = random.nextInt(3);
        if (choice == 0 || proof.isEmpty()) {
            proof.add(random.nextInt(proof.size() + 1), Hash.sha256(new byte[] {1, 2, 3}));
        } else if (choice == 1) {
            proof.remove(random.nextInt(proof.size()));
        } else {
            int i = random.nextInt(proof.size());
            byte[] bytes = proof.get(i).bytes();
            bytes[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
            proof.set(i, Hash.of(bytes));
        }
    }

    /** R3. */
    @Test
    void aConsistencyProofFromAnEmptyLogIsRefused() {
        MerkleLog log = new MerkleLog(new MemoryNodes());
        log.append(Merkle.leaf(new byte[0]));
        assertThat(Merkle.consistent(0, 1, Merkle.emptyRoot(), log.root(1), List.of()))
                .isFalse();
        assertThatThrownBy(() -> log.consistency(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Hash> leaves(int count) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Merkle.leaf(("entry " + i).getBytes(StandardCharsets.US_ASCII)));
        }
        return leaves;
    }
}
