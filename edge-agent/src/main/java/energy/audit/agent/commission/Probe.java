package energy.audit.agent.commission;

import energy.audit.agent.config.Area;
import energy.audit.agent.config.DeviceProfile;
import energy.audit.agent.config.DeviceProfiles;
import energy.audit.agent.config.RegisterType;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.poll.Answer;
import energy.audit.evidence.wire.GapCause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares every decoding of some registers with the value on a meter's display, and names what is set wrongly. */
public final class Probe {
    private static final int UNITS_TRIED = 16;
    private static final int LARGEST_SHIFT = 6;

    /** One way to reach the device. */
    public interface Line {
        Answer read(int unit, Area area, int address, int quantity);
    }

    /**
     * What is assumed about the register.
     *
     * @param shows the value on the display, with as many decimals as it has
     * @param order the word order that the manual states
     */
    public record Question(int unit, Area area, int address, Optional<BigDecimal> shows, WordOrder order) {}

    /**
     * One reading of the words.
     *
     * @param shift value × 10^shift is what the display shows; empty: it does not agree with the display
     */
    public record Decoding(RegisterType type, WordOrder order, long count, Optional<Integer> shift) {}

    /**
     * What was found.
     *
     * @param words as read from the address that was asked for; empty if nothing answered
     * @param hints what is probably wrong, one sentence each
     * @param profiles profiles whose map has a value of an agreeing type and order at this place
     * @param answer why there are no words
     */
    public record Finding(
            int[] words,
            List<Decoding> decodings,
            List<String> hints,
            List<String> profiles,
            Optional<Answer.NoAnswer> answer) {
        public Finding {
            words = words.clone();
        }

        @Override
        public int[] words() {
            return words.clone();
        }

        /** True if a decoding agrees with the display. */
        public boolean agrees() {
            return decodings.stream().anyMatch(decoding -> decoding.shift().isPresent());
        }
    }

    private final Map<String, Line> lines;
    private final DeviceProfiles profiles;

    /** @param lines by what is special about them; the first is the one that is configured, the others are tried after it */
    public Probe(LinkedHashMap<String, Line> lines, DeviceProfiles profiles) {
        this.lines = new LinkedHashMap<>(lines);
        this.profiles = profiles;
    }

    /** Asks the device, and where that does not give the value shown, looks for the reason. */
    public Finding examine(Question question) {
        Line line = lines.values().iterator().next();
        Answer answer = words(line, question.unit(), question.area(), question.address());
        if (answer instanceof Answer.NoAnswer why) {
            return new Finding(new int[0], List.of(), whySilent(question, why), List.of(), Optional.of(why));
        }
        int[] words = ((Answer.Words) answer).values();
        List<Decoding> decodings = decodings(words, question.shows());
        List<String> hints = new ArrayList<>();
        if (question.shows().isPresent()) {
            hints.addAll(whyOtherwise(question, line, decodings));
        }
        return new Finding(words, decodings, hints, proposals(question, decodings), Optional.empty());
    }

    private static Answer words(Line line, int unit, Area area, int address) {
        Answer answer = line.read(unit, area, address, 4);
        for (int quantity = 2; quantity >= 1 && isRefusal(answer); quantity--) {
            answer = line.read(unit, area, address, quantity);
        }
        return answer;
    }

    private static boolean isRefusal(Answer answer) {
        return answer instanceof Answer.NoAnswer why && why.cause() == GapCause.ILLEGAL_ADDRESS;
    }

    static List<Decoding> decodings(int[] words, Optional<BigDecimal> shows) {
        List<Decoding> decodings = new ArrayList<>();
        for (RegisterType type : RegisterType.values()) {
            if (type.words() > words.length || type.isAccumulator()) {
                continue;
            }
            int[] own = Arrays.copyOf(words, type.words());
            for (WordOrder order : WordOrder.values()) {
                if (type.words() > 1 || order == WordOrder.BIG || order == WordOrder.BIG_BYTE_SWAPPED) {
                    long count = type.count(order.bits(own));
                    decodings.add(new Decoding(type, order, count, shows.flatMap(shown -> shift(type, count, shown))));
                }
            }
        }
        return decodings;
    }

    /** The power of ten, nearest to 0, between a value and the display; agreement is to half of the display's last digit. */
    private static Optional<Integer> shift(RegisterType type, long count, BigDecimal shown) {
        double value = type.asDouble(count);
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0 || shown.signum() == 0) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal half = BigDecimal.ONE.movePointLeft(shown.scale()).divide(BigDecimal.valueOf(2));
        for (int distance = 0; distance <= LARGEST_SHIFT; distance++) {
            for (int shift : new int[] {-distance, distance}) {
                if (exact.scaleByPowerOfTen(shift).subtract(shown).abs().compareTo(half) <= 0) {
                    return Optional.of(shift);
                }
            }
        }
        return Optional.empty();
    }

    private List<String> whySilent(Question question, Answer.NoAnswer why) {
        List<String> hints = new ArrayList<>();
        boolean first = true;
        for (Map.Entry<String, Line> other : lines.entrySet()) {
            if (!first && answers(other.getValue().read(question.unit(), question.area(), question.address(), 1))) {
                hints.add("the device answers with " + other.getKey() + ": wrong parity or speed is set");
                return hints;
            }
            first = false;
        }
        Line line = lines.values().iterator().next();
        if (why.cause() == GapCause.ILLEGAL_ADDRESS) {
            for (int step : new int[] {-1, 1}) {
                int address = question.address() + step;
                if (address >= 0 && answers(line.read(question.unit(), question.area(), address, 1))) {
                    hints.add("there is a register at " + address + ", but none at " + question.address() + ": "
                            + offByOne(step));
                }
            }
            for (Area area : new Area[] {Area.HOLDING, Area.INPUT}) {
                if (area != question.area() && answers(line.read(question.unit(), area, question.address(), 1))) {
                    hints.add("the device has this address in the area "
                            + area.name().toLowerCase(java.util.Locale.ROOT) + ": wrong area");
                }
            }
        }
        if (hints.isEmpty() && !why.wholeBus()) {
            hints.addAll(otherUnits(question, line, why));
        }
        return hints;
    }

    /** A device that is not there is silent; a gateway may refuse for it instead, with whatever exception it knows. */
    private static List<String> otherUnits(Question question, Line line, Answer.NoAnswer why) {
        boolean refused = why.cause() == GapCause.ILLEGAL_ADDRESS;
        List<String> others = new ArrayList<>();
        for (int unit = 1; unit <= UNITS_TRIED; unit++) {
            if (unit != question.unit()) {
                Answer other = line.read(unit, question.area(), question.address(), 1);
                if (answers(other) || isRefusal(other) && !refused) {
                    others.add(Integer.toString(unit));
                }
            }
        }
        return others.isEmpty()
                ? List.of()
                : List.of("unit " + question.unit() + (refused ? " has no register there" : " is silent")
                        + (others.size() == 1 ? ", unit " : ", units ") + String.join(", ", others)
                        + (others.size() == 1 ? " answers" : " answer") + ": wrong unit id");
    }

    private static boolean answers(Answer answer) {
        return answer instanceof Answer.Words;
    }

    private static String offByOne(int step) {
        return "the address is off by one (" + (step < 0 ? "the manual counts from 1" : "it was lowered twice") + ")";
    }

    private static List<String> whyOtherwise(Question question, Line line, List<Decoding> decodings) {
        List<Decoding> agreeing =
                decodings.stream().filter(d -> d.shift().isPresent()).toList();
        List<String> hints = new ArrayList<>();
        if (agreeing.stream().anyMatch(d -> d.order() == question.order())) {
            return hints;
        }
        for (int step : agreeing.isEmpty() ? new int[] {-1, 1} : new int[0]) {
            int address = question.address() + step;
            Answer answer = address < 0
                    ? new Answer.NoAnswer(GapCause.ILLEGAL_ADDRESS, "below 0", false)
                    : words(line, question.unit(), question.area(), address);
            if (answer instanceof Answer.Words words) {
                decodings(words.values(), question.shows()).stream()
                        .filter(d -> d.shift().isPresent() && d.order() == question.order())
                        .findFirst()
                        .ifPresent(d -> hints.add("the value that is shown is at address " + address + " as "
                                + d.type().name().toLowerCase(java.util.Locale.ROOT) + ": " + offByOne(step)));
            }
        }
        agreeing.stream()
                .filter(d -> d.type().words() > 1)
                .findFirst()
                .ifPresent(d -> hints.add("the value agrees as "
                        + d.type().name().toLowerCase(java.util.Locale.ROOT) + " with word-order "
                        + d.order().word() + ", not " + question.order().word() + ": swapped words or bytes"));
        return hints;
    }

    private List<String> proposals(Question question, List<Decoding> decodings) {
        List<String> proposals = new ArrayList<>();
        for (String name : profiles.names()) {
            DeviceProfile profile = profiles.named(name);
            for (DeviceProfile.Value value : profile.values()) {
                boolean here = value.register().area() == question.area()
                        && value.register().address() + profile.baseAddress() == question.address();
                boolean agrees = question.shows().isEmpty()
                        || decodings.stream()
                                .anyMatch(d -> d.shift().isPresent()
                                        && d.type() == value.register().type()
                                        && d.order() == value.register().wordOrder());
                if (here && agrees) {
                    proposals.add(name + " (" + value.quantity() + ")");
                }
            }
        }
        return proposals;
    }
}
