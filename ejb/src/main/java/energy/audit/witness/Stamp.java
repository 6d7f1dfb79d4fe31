package energy.audit.witness;

import java.time.Instant;

/**
 * A head as a time-stamp service has stamped it.
 *
 * @param note the signed checkpoint; the stamp is over the SHA-256 of its UTF-8 bytes
 * @param token a DER-encoded TimeStampToken (RFC 3161 section 2.4.2); not copied
 * @param authority the service's address
 */
public record Stamp(long size, String note, byte[] token, String authority, Instant stampedAt) {}
