package energy.audit.evidence;

import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.MeterExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The meter exchanges that a prefix of the log speaks of: of those of one meter and instant the newest entry counts, and
 * none where it withdraws the exchange. docs/evidence-format.md, section 6.
 */
public final class ExchangesInForce {
    private final Map<Place, Logged> newest = new TreeMap<>();
    private final List<Logged> taken = new ArrayList<>();

    private record Place(String site, String meter, long atMs) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int bySite = site.compareTo(other.site);
            int byMeter = bySite != 0 ? bySite : meter.compareTo(other.meter);
            return byMeter != 0 ? byMeter : Long.compare(atMs, other.atMs);
        }
    }

    /** An exchange and where it stands in the log. */
    public record Logged(long logIndex, MeterExchange exchange) {}

    /**
     * What an exchange says of one register.
     *
     * @param at readings before are of the old register, from here on of the new one
     * @param oldFinalCount raw count at which the old one was taken out
     * @param newInitialCount raw count at which the new one was put in
     * @param entry the whole entry
     */
    public record OfRegister(Instant at, long oldFinalCount, long newInitialCount, Logged entry) {}

    /**
     * Takes the next entry, in the order of the log.
     *
     * @throws MalformedEvidence if it contradicts itself
     */
    public void add(long logIndex, MeterExchange exchange) throws MalformedEvidence {
        check(logIndex, exchange);
        take(new Logged(logIndex, exchange));
    }

    private void take(Logged logged) {
        MeterExchange exchange = logged.exchange();
        newest.put(new Place(exchange.getSite(), exchange.getMeter(), exchange.getAtMs()), logged);
        taken.add(logged);
    }

    /** What the entries below a log size speak of. */
    public ExchangesInForce asOf(long size) {
        ExchangesInForce earlier = new ExchangesInForce();
        taken.stream().filter(each -> each.logIndex() < size).forEach(earlier::take);
        return earlier;
    }

    /** How many entries were taken, those that were replaced included. */
    public int count() {
        return taken.size();
    }

    /** By site, meter and instant; without those that were replaced or withdrawn. */
    public List<Logged> all() {
        return newest.values().stream()
                .filter(logged -> !logged.exchange().getWithdrawn())
                .toList();
    }

    /** Of one register, ascending in time. */
    public List<OfRegister> of(String channel) {
        List<OfRegister> found = new ArrayList<>();
        for (Logged logged : all()) {
            for (ExchangedRegister register : logged.exchange().getRegistersList()) {
                if (register.getChannel().equals(channel)) {
                    found.add(new OfRegister(
                            Instant.ofEpochMilli(logged.exchange().getAtMs()),
                            register.getOldFinalCount(),
                            register.getNewInitialCount(),
                            logged));
                }
            }
        }
        return List.copyOf(found);
    }

    private static void check(long logIndex, MeterExchange exchange) throws MalformedEvidence {
        String thing = "log entry " + logIndex;
        String place = exchange.getSite() + "." + exchange.getMeter() + ".";
        if (exchange.getWithdrawn() != (exchange.getRegistersCount() == 0)) {
            throw new MalformedEvidence(
                    thing,
                    "meter exchange",
                    exchange.getWithdrawn() ? "it is withdrawn and names registers" : "it names no register");
        }
        Set<String> channels = new HashSet<>();
        for (ExchangedRegister register : exchange.getRegistersList()) {
            if (!register.getChannel().startsWith(place) || !channels.add(register.getChannel())) {
                throw new MalformedEvidence(
                        thing,
                        "meter exchange",
                        "register " + register.getChannel() + " is named twice, or is not of meter "
                                + exchange.getMeter() + " of " + exchange.getSite());
            }
            if (register.getOldFinalCount() < 0 || register.getNewInitialCount() < 0) {
                throw new MalformedEvidence(
                        thing, "meter exchange", "register " + register.getChannel() + " shows a negative count");
            }
        }
    }
}
