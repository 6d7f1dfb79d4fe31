package energy.audit.agent;

import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.enrol.EnrolmentOffice;
import energy.audit.agent.enrol.EnrolmentRefused;
import energy.audit.agent.enrol.Papers;
import energy.audit.agent.enrol.StagedEnrolment;
import energy.audit.evidence.SigningKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "enrol",
        mixinStandardHelpOptions = true,
        description = {
            "Enrols this agent with the one-time token of 'energy-audit enrol-agent': makes its keys (mode 600, they never",
            "leave this machine), shows that it holds them, and writes what it gets: client certificate, log key, addresses.",
            "Exit status 0: enrolled; 1: refused, or no answer, and nothing was changed.",
            "",
            "Example: java -jar edge-agent.jar enrol --url https://audit.example.com --token demo-castings.4fZ… \\",
            "             --config /etc/energy-audit"
        })
final class EnrolCommand implements Callable<Integer> {
    @Option(names = "--url", required = true, paramLabel = "URL", description = "the portal, as enrol-agent printed it")
    private @Nullable URI url;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "the one-time token; - reads it from standard input, where no list of processes shows it")
    private String token = "";

    @Option(
            names = "--config",
            required = true,
            paramLabel = "DIR",
            description = "the agent's directory; may be empty")
    private @Nullable Path config;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM that the portal's certificate chains to, unless a public authority signed it")
    private Optional<Path> ca = Optional.empty();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        AgentHome home = new AgentHome(Objects.requireNonNull(config));
        EnrolmentOffice office = EnrolmentOffice.at(Objects.requireNonNull(url), ca);
        StagedEnrolment staged = new StagedEnrolment(home.directory());
        staged.finish();
        refuseEnrolled(home);
        Optional<String> site = Files.exists(home.modbusYaml())
                ? Optional.of(ModbusYaml.read(home.modbusYaml()).site())
                : Optional.empty();
        SecureRandom random = new SecureRandom();
        SigningKey key = staged.signingKey(random);
        try {
            Papers papers = office.enrol(secret(), site, key, staged.tls(random).request());
            staged.complete(papers, key, url.toString());
            say(home, papers, key);
            return 0;
        } catch (EnrolmentRefused e) {
            staged.giveUp();
            err("ERR ENROLMENT_REFUSED " + e.code() + " " + e.getMessage());
        } catch (IOException e) {
            err("ERR ENROLMENT_UNANSWERED no answer from " + url + " (" + e
                    + "). Check the address, the network and --ca,"
                    + " then run the same command again: the token is still good for this directory.");
        }
        return 1;
    }

    private static void refuseEnrolled(AgentHome home) {
        if (home.tlsIdentity().certified() || Files.exists(home.kept()) || Files.exists(home.witness())) {
            throw new ConfigurationRefused(
                    home.directory().toString(),
                    "an agent lives here already; its sequence numbers belong to its name",
                    "Take an empty directory for a new agent; for a new key of this one: edge-agent rotate-key");
        }
    }

    private String secret() throws IOException {
        if (!token.equals("-")) {
            return token.strip();
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line.strip();
    }

    private void say(AgentHome home, Papers papers, SigningKey key) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(papers.agent() + " is enrolled for site " + papers.site() + " of " + papers.tenant()
                + ". Its keys were made here and stay here.");
        out.println("public key      "
                + Base64.getEncoder().encodeToString(key.verificationKey().raw()) + "  (for auditors who pin keys)");
        out.println("certificate     until " + papers.certificateNotAfter() + ", renewed by itself");
        out.println("broker          " + papers.brokerHost() + ":" + papers.brokerPort() + ", TLS 1.3");
        out.println("Next: "
                + (Files.exists(home.modbusYaml()) && Files.exists(home.deviceMapping())
                        ? ""
                        : "write modbus.yaml and device_mapping.json into " + home.directory() + ", then ")
                + "java -jar edge-agent.jar --config " + home.directory());
    }

    private void err(String line) {
        Objects.requireNonNull(spec).commandLine().getErr().println(line);
    }
}
