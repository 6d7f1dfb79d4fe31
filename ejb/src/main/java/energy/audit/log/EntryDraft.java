package energy.audit.log;

import energy.audit.evidence.wire.EntryKind;

/**
 * What is to become an entry of the log.
 *
 * @param actor a person's name in the identity provider, or {@code agent:{name}}
 * @param payload serialised protobuf message of the kind; not copied
 */
public record EntryDraft(EntryKind kind, String actor, byte[] payload) {
    public EntryDraft {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("an entry of kind " + kind + " names no actor");
        }
    }
}
