package energy.audit.ingest;

import energy.audit.evidence.wire.CommissioningRecord;
import energy.audit.kernel.AgentId;

/**
 * What {@code probe} found at a register of a meter, as a batch of the agent carried it.
 *
 * @param logIndex of the first batch that carries it
 * @param sequence of that batch
 * @param signed the record with its own signature
 * @param signatureFits whether that is the signature of a key that this agent has or had; the batch's own always fits
 */
public record CommissionedRegister(
        AgentId agent, long logIndex, long sequence, CommissioningRecord signed, boolean signatureFits) {}
