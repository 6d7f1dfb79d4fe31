package energy.audit.performance;

import energy.audit.analysis.enpi.ModelKind;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.variables.Variables;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Refuses a draft that says something impossible. */
final class DraftCheck {
    private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62})");
    private static final int MOST_VARIABLES = 5;

    private final EnpiDraft draft;
    private final List<Meter> meters;
    private final Variables imports;

    DraftCheck(EnpiDraft draft, Metering metering, Variables imports) {
        this.draft = draft;
        this.imports = imports;
        this.meters = metering.meters(draft.site());
        if (!ID.matcher(draft.id()).matches()
                || draft.name().isBlank()
                || draft.reason().isBlank()) {
            throw bad(
                    "id, name or reason is not given",
                    "Give an id of lower-case letters, digits and hyphens, and both.");
        }
        if (draft.step() != Resolution.DAY && draft.step() != Resolution.MONTH) {
            throw bad("its step is " + draft.step().text(), "Choose P1D or P1M.");
        }
        if (draft.channels().isEmpty()
                || new HashSet<>(draft.channels()).size() != draft.channels().size()) {
            throw bad("its boundary names no register, or one twice", "Name each energy register once.");
        }
        draft.channels().forEach(this::energy);
        variables();
    }

    /** Of the boundary's meters, by name. */
    List<String> energySources() {
        Set<String> sources = new TreeSet<>();
        for (ChannelId channel : draft.channels()) {
            meters.stream()
                    .filter(meter -> meter.id().equals(channel.meter()))
                    .forEach(meter -> sources.add(meter.energySource()));
        }
        return List.copyOf(sources);
    }

    /** Of a period's value. */
    String unit(RelevantVariable variable) {
        if (variable.origin() instanceof VariableOrigin.OfImports of) {
            return imports.unit(draft.site(), of.source());
        }
        VariableOrigin.OfChannel of = (VariableOrigin.OfChannel) variable.origin();
        return of.base().isPresent() ? "K d" : channel(of.channel()).unit();
    }

    private void energy(ChannelId id) {
        Channel channel = channel(id);
        if (!channel.counter()
                || channel.isFloat()
                || channel.energyKwhPerUnit().isEmpty()) {
            throw bad("channel " + id + " is no register that counts energy", "Choose another one.");
        }
    }

    private void variables() {
        Set<String> ids = new HashSet<>();
        for (RelevantVariable variable : draft.variables()) {
            if (!ids.add(variable.id())) {
                throw bad("two variables are named " + variable.id(), "Give each its own name: name=origin.");
            }
            if (variable.origin() instanceof VariableOrigin.OfChannel of) {
                driving(variable, of);
            } else {
                unit(variable);
            }
        }
        int count = draft.variables().size();
        boolean one = draft.kind() == ModelKind.RATIO || draft.kind().shape().isPresent();
        if ((one && count != 1)
                || (draft.kind() == ModelKind.LINEAR && (count < 1 || count > MOST_VARIABLES))
                || (draft.kind() == ModelKind.VALUE && count != 0)) {
            throw bad(
                    "kind " + draft.kind().text() + " does not go with " + count + " variables",
                    "A value has none, a ratio or a change-point model one, a linear model one to five.");
        }
        if (draft.kind() == ModelKind.ENGINEERING) {
            Appraisal.formula(draft.formula(), draft.variables(), java.util.Map.of());
        } else if (!draft.formula().isEmpty()) {
            throw bad("only an engineering model has a formula", "Leave it out.");
        }
    }

    private void driving(RelevantVariable variable, VariableOrigin.OfChannel of) {
        Channel channel = channel(of.channel());
        boolean amount = of.how() == VariableOrigin.How.AMOUNT;
        if (amount != channel.counter() || (amount && channel.isFloat())) {
            throw bad(
                    "variable " + variable.id() + " does not fit channel " + of.channel(),
                    "Amounts come from counters of whole numbers, means and degrees from gauges.");
        }
        if (draft.channels().contains(of.channel())) {
            throw bad("variable " + variable.id() + " is the energy itself", "Choose what drives it.");
        }
    }

    private Channel channel(ChannelId id) {
        return meters.stream()
                .flatMap(meter -> meter.channels().stream())
                .filter(channel -> channel.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> bad("site " + draft.site() + " has no channel " + id, "Look at its list of meters."));
    }

    private Refusal bad(String why, String nextStep) {
        return Refusal.invalid("BAD_ENPI", "EnPI " + draft.id(), why, nextStep);
    }
}
