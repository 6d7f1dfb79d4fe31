package energy.audit.enrolment;

import energy.audit.evidence.Hash;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A one-time token: the tenant's name, a dot, and 256 random bits in base64url. The name only says where its hash lies.
 */
record Token(TenantId tenant, String text) {
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST = 128;

    static Token made(TenantId tenant, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Token(
                tenant, tenant + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty for a text that cannot be a token. */
    static Optional<Token> parsed(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Token(TenantId.of(text.substring(0, dot)), text));
        } catch (Refusal e) {
            // a stranger's text: that it is no token is the whole answer
            return Optional.empty();
        }
    }

    /** SHA-256 of the text: what is kept. */
    Hash hash() {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Token[" + tenant + "]";
    }
}
