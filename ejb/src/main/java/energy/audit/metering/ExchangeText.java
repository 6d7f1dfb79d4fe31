package energy.audit.metering;

import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a meter exchange's message into values, and refuses one that says something impossible. Pure. */
final class ExchangeText {
    private static final int LONGEST_TEXT = 1_000;

    private final MeterExchange message;

    ExchangeText(MeterExchange message) {
        this.message = message;
    }

    Instant at() {
        return Instant.ofEpochMilli(message.getAtMs());
    }

    LoggedExchange values(long logIndex, boolean inForce) {
        return new LoggedExchange(
                logIndex,
                SiteId.of(message.getSite()),
                message.getMeter(),
                at(),
                message.getRegistersList().stream()
                        .map(register -> new LoggedExchange.Register(
                                ChannelId.of(register.getChannel()),
                                register.getOldFinalCount(),
                                register.getNewInitialCount()))
                        .toList(),
                message.getOldSerial(),
                message.getNewSerial(),
                message.getTechnician(),
                message.getReason(),
                message.getWithdrawn(),
                inForce);
    }

    /**
     * Refuses what cannot be.
     *
     * @param configuration in force at its instant
     * @param now instants after it are still to come
     */
    void check(SiteConfiguration configuration, Instant now) {
        if (message.getAtMs() <= 0 || at().isAfter(now)) {
            throw bad(
                    "at = " + at(), "it is no instant of the past", "Give the time at which the meter was exchanged.");
        }
        needed("technician", message.getTechnician(), "Name who exchanged the meter and read both registers.");
        needed("reason", message.getReason(), "Say why the meter was exchanged: an auditor reads it years later.");
        Meter meter = configuration
                .meter(message.getMeter())
                .orElseThrow(() -> bad(
                        "meter = '" + message.getMeter() + "'",
                        "the configuration in force at " + at() + " does not name it",
                        "Look at the meters of site " + message.getSite() + "."));
        if (message.getWithdrawn()) {
            if (message.getRegistersCount() > 0) {
                throw bad("registers", "an exchange that is withdrawn has none", "Leave them out.");
            }
            return;
        }
        checkRegisters(meter);
    }

    private void checkRegisters(Meter meter) {
        Map<ChannelId, Channel> counters = new LinkedHashMap<>();
        for (Channel channel : meter.channels()) {
            if (channel.counter() && !channel.isFloat()) {
                counters.put(channel.id(), channel);
            }
        }
        Set<ChannelId> seen = new HashSet<>();
        List<ExchangedRegister> registers = message.getRegistersList();
        for (int i = 0; i < registers.size(); i++) {
            ExchangedRegister register = registers.get(i);
            String field = "registers[" + i + "].";
            ChannelId id = ChannelId.of(register.getChannel());
            Channel counter = counters.get(id);
            if (counter == null || !seen.add(id)) {
                throw bad(
                        field + "channel = '" + id + "'",
                        counter == null ? "it is no whole counter of meter " + meter.id() : "it is there twice",
                        "Name each of " + counters.keySet() + " once.");
            }
            checkCount(field + "oldFinalCount", register.getOldFinalCount(), counter);
            checkCount(field + "newInitialCount", register.getNewInitialCount(), counter);
        }
        counters.keySet().removeAll(seen);
        if (!counters.isEmpty()) {
            throw bad(
                    "registers",
                    "it lacks " + counters.keySet() + ": with the meter every register of it was exchanged",
                    "Add what each of them showed.");
        }
    }

    /** The old register's modulus binds the old count; the new register may have another one from that instant on. */
    private void checkCount(String field, long count, Channel counter) {
        boolean old = field.endsWith("oldFinalCount");
        boolean beyond = old
                && counter.modulus()
                        .filter(modulus -> BigInteger.valueOf(count).compareTo(modulus) > 0)
                        .isPresent();
        if (count < 0 || beyond) {
            throw bad(
                    field + " = " + count,
                    count < 0
                            ? "a register shows no negative count"
                            : "the register starts again at "
                                    + counter.modulus().orElseThrow(),
                    "Give the register's raw count: what it shows in " + counter.unit() + ", divided by "
                            + counter.multiplier().toPlainString() + ".");
        }
    }

    private void needed(String field, String text, String nextStep) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw bad(
                    field,
                    text.isBlank() ? "it is missing" : "it is longer than " + LONGEST_TEXT + " characters",
                    nextStep);
        }
    }

    Refusal bad(String field, String why, String nextStep) {
        return Refusal.invalid(
                "BAD_EXCHANGE",
                "exchange of meter " + message.getMeter() + " of " + message.getSite() + ", field " + field,
                why,
                nextStep);
    }
}
