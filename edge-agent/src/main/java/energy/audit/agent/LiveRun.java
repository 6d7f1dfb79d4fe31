package energy.audit.agent;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.poll.PlanTime;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.time.ClockWatch;
import energy.audit.agent.time.LinuxTime;
import energy.audit.agent.time.MachineTime;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A live agent from its configuration to its clean end. */
final class LiveRun {
    private final AgentHome home;
    private final Clock clock;
    private final MachineTime time;
    private final PrintStream out;
    private final PrintStream err;

    LiveRun(AgentHome home, Clock clock, PrintStream out, PrintStream err) {
        this(home, clock, new LinuxTime(clock), out, err);
    }

    LiveRun(AgentHome home, Clock clock, MachineTime time, PrintStream out, PrintStream err) {
        this.home = home;
        this.clock = clock;
        this.time = time;
        this.out = out;
        this.err = err;
    }

    /** Runs until SIGTERM or SIGINT; then everything that was taken is on the disk. */
    int untilTerminated() throws IOException, InterruptedException {
        try (Termination termination = new Termination()) {
            run(termination.asked());
        }
        return 0;
    }

    void run(CountDownLatch stop) throws IOException, InterruptedException {
        AgentSettings settings = home.settings();
        PollPlan plan = ModbusYaml.read(home.modbusYaml());
        settings.requireSamePlace(plan);
        requireFitting(plan, settings.workers());
        ThirdPartyLogs.into(home.logs());
        try (RunningAgent agent = RunningAgent.open(home, settings, AgentSettings::window, clock, time, err);
                PollCycle poll = new PollCycle(
                        plan, settings.workers(), clock, agent.journal().ingest());
                Gateways gateways = new Gateways(
                        plan.gateways(),
                        home.directory(),
                        clock,
                        agent.journal().ingest())) {
            MappingInForce mapping =
                    new MappingInForce(home.deviceMapping(), agent.journal().service());
            agent.start();
            out.println(
                    "Ready: " + settings.agent() + " polls " + plan.channels().size() + " channels every "
                            + plan.interval().toSeconds() + " s");
            ClockWatch watch = new ClockWatch(clock, time::monotonicNanos, settings.clockStepTolerance());
            try (LivePolling polling = new LivePolling(agent, plan, poll, gateways, mapping, watch)) {
                polling.run(stop);
            }
        }
    }

    private static void requireFitting(PollPlan plan, int workers) {
        PlanTime.of(plan, workers).shortfalls().stream().findFirst().ifPresent(shortfall -> {
            throw new ConfigurationRefused(
                    "modbus.yaml" + (shortfall.bus().isEmpty() ? "" : ", bus " + shortfall.bus()),
                    shortfall.what() + " needs " + shortfall.needed().toMillis() + " ms, "
                            + shortfall.available().toMillis() + " ms are available",
                    shortfall.change() + "; see edge-agent plan");
        });
    }
}
