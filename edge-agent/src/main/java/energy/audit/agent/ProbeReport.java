package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.commission.Probe;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** What a probe found, for people and for programs. */
final class ProbeReport {
    private ProbeReport() {}

    static void print(Probe.Question question, Probe.Finding finding) {
        finding.answer()
                .ifPresent(why -> System.err.println("ERR " + why.cause() + " unit " + question.unit() + ", register "
                        + question.address() + ": " + why.detail()
                        + ". Check host, unit id, area and address (0-based) against the meter's manual."));
        if (finding.words().length > 0) {
            StringBuilder raw = new StringBuilder();
            Arrays.stream(finding.words()).forEach(word -> raw.append(String.format(Locale.ROOT, " %04X", word)));
            System.out.println("registers from " + question.address() + ":" + raw);
        }
        for (Probe.Decoding d : finding.decodings()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-7s %-26s %s%n",
                    d.type(),
                    d.order().word(),
                    d.type().shown(d.count()),
                    d.shift()
                            .map(shift -> "<== shown, if multiplied by 10^" + shift)
                            .orElse(""));
        }
        if (question.shows().isPresent() && finding.answer().isEmpty() && !finding.agrees()) {
            System.out.println("No decoding gives " + question.shows().get().toPlainString() + ".");
        }
        finding.hints().forEach(hint -> System.out.println("hint: " + hint));
        finding.profiles().forEach(profile -> System.out.println("profile: " + profile));
    }

    static ObjectNode json(Probe.Question question, Probe.Finding finding) {
        ObjectNode document = new ObjectMapper()
                .createObjectNode()
                .put("unit", question.unit())
                .put("area", question.area().name().toLowerCase(Locale.ROOT))
                .put("address", question.address())
                .put(
                        "shows",
                        question.shows().map(value -> value.toPlainString()).orElse(null))
                .put("agrees", finding.agrees())
                .put(
                        "failure",
                        finding.answer()
                                .map(why -> why.cause() + ": " + why.detail())
                                .orElse(null));
        ArrayNode raw = document.putArray("words");
        Arrays.stream(finding.words()).forEach(raw::add);
        ArrayNode list = document.putArray("decodings");
        for (Probe.Decoding d : finding.decodings()) {
            ObjectNode node = list.addObject()
                    .put("type", d.type().name().toLowerCase(Locale.ROOT))
                    .put("wordOrder", d.order().word())
                    .put("count", d.count())
                    .put("value", d.type().shown(d.count()));
            d.shift().ifPresent(shift -> node.put("shownWhenMultipliedByTenToThe", shift));
        }
        finding.decodings().stream()
                .filter(d -> d.shift().isPresent())
                .min(Comparator.comparing(d -> d.order() != question.order()))
                .ifPresent(d -> document.put("decoded", d.type().shown(d.count()))
                        .put(
                                "decodedAs",
                                d.type().name().toLowerCase(Locale.ROOT) + " "
                                        + d.order().word()));
        finding.hints().forEach(document.putArray("hints")::add);
        finding.profiles().forEach(document.putArray("profiles")::add);
        return document;
    }
}
