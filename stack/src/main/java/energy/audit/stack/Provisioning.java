package energy.audit.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Tells the backend of the demo's tenants, people, meters and agents through its REST interface; repeatable. */
final class Provisioning implements Step {
    static final String NAME = "provisioning";

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Installation installation;
    private final Demo demo;
    private final Keys keys;
    private final Clock clock;

    Provisioning(Installation installation, Demo demo, Keys keys, Clock clock) {
        this.installation = installation;
        this.demo = demo;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(WildFly.NAME, Keycloak.NAME, AgentKeys.NAME);
    }

    @Override
    public String ready() {
        return demo.tenants().size() + " tenants, " + demo.sites().size() + " sites, "
                + demo.agents().size() + " agents and " + Demo.people().size() + " people are set up";
    }

    @Override
    public void start() {
        Backend backend = Backend.of(installation);
        for (Demo.Tenant tenant : demo.tenants()) {
            backend.post(
                    "/tenants", JSON.createObjectNode().put("id", tenant.id()).put("name", tenant.name()));
        }
        String from = firstDay();
        for (Demo.Grant grant : demo.grants()) {
            backend.post(
                    "/tenants/" + grant.tenant() + "/grants",
                    JSON.createObjectNode()
                            .put("person", grant.person())
                            .put("role", grant.role())
                            .put("from", from)
                            .put("reason", grant.reason()));
        }
        for (Demo.Site site : demo.sites()) {
            Path metering = installation
                    .layout()
                    .plant()
                    .resolve("config")
                    .resolve(site.id())
                    .resolve("metering.json");
            try {
                backend.post(
                        "/tenants/" + site.tenant() + "/metering-configurations", JSON.readTree(metering.toFile()));
            } catch (IOException e) {
                throw new StackFailure(metering.toString(), "cannot be read", "See the cause: " + e, e);
            }
        }
        new DemoFactors(backend).enter(DemoFactors.TENANT);
        new DemoShifts(backend).enter(DemoFactors.TENANT, DemoIndicator.SITE);
        // each starts a program of its own; side by side they take the time of one or two
        demo.agents().parallelStream().forEach(agent -> enrol(backend, agent));
        List<ObjectNode> trusted = new ArrayList<>();
        for (Demo.Agent agent : demo.agents()) {
            trusted.add(JSON.createObjectNode()
                    .put("tenant", agent.tenant())
                    .put("agent", agent.name())
                    .put("publicKey", new AgentFolder(installation, agent).publicKey()));
        }
        writeTrust(trusted);
    }

    /** As an administrator and a plant do it: a token, and the agent shows it. */
    private void enrol(Backend backend, Demo.Agent agent) {
        AgentFolder folder = new AgentFolder(installation, agent);
        if (!folder.enrolled()) {
            folder.enrol(backend.post(
                            "/tenants/" + agent.tenant() + "/invitations",
                            JSON.createObjectNode()
                                    .put("agent", agent.name())
                                    .put("site", agent.site())
                                    .put("validFor", "PT10M"))
                    .path("token")
                    .asText());
        }
    }

    /** Grants begin with the day the installation was made, so that repeating them changes nothing. */
    private String firstDay() {
        try {
            return JSON.readTree(installation.layout().marker().toFile())
                    .path("createdAt")
                    .asText();
        } catch (IOException e) {
            return clock.instant().truncatedTo(ChronoUnit.DAYS).toString();
        }
    }

    private void writeTrust(List<ObjectNode> agents) {
        ObjectNode trust = JSON.createObjectNode()
                .put("installation", installation.id())
                .put("logPublicKey", Base64.getEncoder().encodeToString(keys.logPublicKey()))
                .put("reportCertificateSha256", keys.reportCertificateSha256());
        ArrayNode list = trust.putArray("agents");
        agents.forEach(list::add);
        Layout.writePrivate(installation.layout().trust(), trust.toPrettyString() + "\n");
    }

    /** Where the command line finds this stack, and with what it signs in. */
    static void writeCliProperties(Installation installation) {
        URI portal = WildFly.portal(installation.ports());
        Layout.writePrivate(
                installation.layout().run().resolve("cli.properties"),
                "portal.url=" + portal + "\noidc.token.url=" + Keycloak.tokenUrl(installation.ports())
                        + "\nclient.id=cli\nclient.secret="
                        + installation.secrets().of("oidc.cli.secret") + "\ntls.authority="
                        + Keys.tlsCertificateFile(installation.layout()) + "\n");
    }
}
