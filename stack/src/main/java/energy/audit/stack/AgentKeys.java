package energy.audit.stack;

import java.util.List;

/** Writes each agent's configuration; its keys are its own, see {@link AgentFolder#enrol}. */
final class AgentKeys implements Step {
    static final String NAME = "agent-keys";

    private final Installation installation;
    private final Demo demo;
    private final Keys keys;

    AgentKeys(Installation installation, Demo demo, Keys keys) {
        this.installation = installation;
        this.demo = demo;
        this.keys = keys;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Simulator.NAME);
    }

    @Override
    public void start() {
        for (Demo.Agent agent : demo.agents()) {
            new AgentFolder(installation, agent).write(keys.logPublicKey());
        }
    }

    @Override
    public String ready() {
        return "Each of " + demo.agents().size() + " agents has its configuration";
    }
}
