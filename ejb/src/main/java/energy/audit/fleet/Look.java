package energy.audit.fleet;

import java.util.List;

/**
 * One look for silent agents.
 *
 * @param mine false: another node has looked just now, and nothing was done
 * @param raised silences that began
 * @param ended silences that ended without the agent having spoken
 */
public record Look(boolean mine, List<Silence> raised, List<Silence> ended) {
    static final Look ANOTHERS = new Look(false, List.of(), List.of());
}
