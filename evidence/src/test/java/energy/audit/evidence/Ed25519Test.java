package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R2: a signature is accepted only in its one canonical form. */
class Ed25519Test {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void theVectorsOfRfc8032SignAndVerify() throws IOException {
        JsonNode published = PublishedCases.json("merkle/rfc8032_ed25519.json");
        for (JsonNode vector : published.get("vectors")) {
            SigningKey key = SigningKey.ofSeed(PublishedCases.hex(vector.get("secret_seed")));
            byte[] message = PublishedCases.hex(vector.get("message"));
            byte[] signature = PublishedCases.hex(vector.get("signature"));
            assertThat(key.verificationKey().raw()).isEqualTo(PublishedCases.hex(vector.get("public_key")));
            assertThat(key.sign(message)).isEqualTo(signature);
            assertThat(key.verificationKey().verifies(message, signature)).isTrue();
        }
        for (JsonNode vector : published.get("must_reject")) {
            assertThat(verifies(vector.get("public_key"), vector.get("message"), vector.get("signature")))
                    .as(vector.get("desc").asText())
                    .isFalse();
        }
    }

    @Test
    void wycheproofsValidAreAcceptedAndInvalidRefused() throws IOException {
        int valid = 0;
        int invalid = 0;
        for (JsonNode group :
                PublishedCases.json("ed25519/wycheproof_ed25519_test.json").get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                boolean expected = test.get("result").asText().equals("valid");
                assertThat(verifies(group.get("publicKey").get("pk"), test.get("msg"), test.get("sig")))
                        .as("case " + test.get("tcId") + " " + test.get("comment"))
                        .isEqualTo(expected);
                valid += expected ? 1 : 0;
                invalid += expected ? 0 : 1;
            }
        }
        assertThat(valid).isEqualTo(88);
        assertThat(invalid).isEqualTo(62);
    }

    private static boolean verifies(JsonNode key, JsonNode message, JsonNode signature) {
        try {
            return VerificationKey.of(PublishedCases.hex(key))
                    .verifies(PublishedCases.hex(message), PublishedCases.hex(signature));
        } catch (IllegalArgumentException refusedKey) {
            return false;
        }
    }

    @Test
    void keysOfSmallOrderAreRefused() {
        for (String y : new String[] {
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
        }) {
            assertThatThrownBy(() -> VerificationKey.of(HexFormat.of().parseHex(y)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(y);
        }
    }

    /** The signer chose r = 0, so R is the neutral point: the equation holds, the signature proves nothing of a nonce. */
    @Test
    void aSignatureWhoseRHasSmallOrderIsRefused() throws Exception {
        byte[] seed = new byte[32];
        seed[0] = 9;
        SigningKey key = SigningKey.ofSeed(seed);
        byte[] message = "m".getBytes(StandardCharsets.US_ASCII);
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        var sha512 = java.security.MessageDigest.getInstance("SHA-512");
        byte[] h = Arrays.copyOf(sha512.digest(seed), 32);
        h[0] &= (byte) 0xf8;
        h[31] = (byte) ((h[31] & 0x7f) | 0x40);
        sha512.update(neutral);
        sha512.update(key.verificationKey().raw());
        BigInteger k = littleEndian(sha512.digest(message));
        byte[] s = toLittleEndian(k.multiply(littleEndian(h)).mod(ORDER));
        byte[] signature = Arrays.copyOf(neutral, 64);
        System.arraycopy(s, 0, signature, 32, 32);
        assertThat(org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        signature, 0, key.verificationKey().raw(), 0, message, 0, 1))
                .as("the bare library takes it")
                .isTrue();
        assertThat(key.verificationKey().verifies(message, signature)).isFalse();
    }

    @Test
    void everyFlippedBitOfSignatureOrMessageIsRefused() {
        SigningKey key = SigningKey.ofSeed(new byte[32]);
        byte[] message = new byte[40];
        new Random(7).nextBytes(message);
        byte[] signature = key.sign(message);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(key.verificationKey().verifies(message, flipped)).isFalse();
        }
        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] flipped = message.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(key.verificationKey().verifies(flipped, signature)).isFalse();
        }
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] toLittleEndian(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
