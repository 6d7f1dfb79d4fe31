package energy.audit.broker;

import java.security.Principal;

/**
 * Who stands at the other end of a connection, read from its client certificate.
 *
 * @param name tenant, dot, agent
 */
record AgentIdentity(String name) implements Principal {
    @Override
    public String getName() {
        return name;
    }

    /** Address of the agent's own topic {@code t/{tenant}/{agent}/{last}}. */
    String address(String last) {
        return "t." + name + "." + last;
    }
}
