package energy.audit.variables;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes in what other systems know of production, and answers for any period. */
@ApplicationScoped
public class Variables {
    private static final MathContext DIGITS = new MathContext(34, RoundingMode.HALF_EVEN);

    private final Access access;
    private final TenantLog log;
    private final Metering metering;
    private final VariableTable table;

    @Inject
    public Variables(Tenancy tenancy, Access access, TenantLog log, Metering metering) {
        this.access = access;
        this.log = log;
        this.metering = metering;
        this.table = new VariableTable(tenancy);
    }

    /**
     * Enters a delivery in the log.
     *
     * @return index of its entry; of the first one when it was delivered before
     * @throws Refusal BAD_ROWS naming every bad row; IMPORT_ID_USED when the same number came with other rows
     */
    public long importValues(ProductionImport delivery) {
        access.require(Permission.IMPORT_PRODUCTION);
        SiteId site = SiteId.of(delivery.getSite());
        metering.site(site);
        byte[] content = delivery.toByteArray();
        log.lock();
        Optional<VariableTable.Known> known = table.known(site, delivery.getSource(), delivery.getImportId());
        if (known.isPresent()) {
            if (known.get().sha256().equals(Hash.sha256(content))) {
                return known.get().logIndex();
            }
            throw Refusal.conflict(
                    "IMPORT_ID_USED",
                    "import " + delivery.getImportId() + " of " + delivery.getSource(),
                    "log entry " + known.get().logIndex() + " is that import and says something else",
                    "Send a correction under a number of its own.");
        }
        new RowCheck(delivery, table.newest(site, LogSize.NEWEST)).check();
        long index = log.append(new EntryDraft(EntryKind.PRODUCTION_IMPORT, access.actor(), content));
        table.insert(index, site, delivery, Hash.sha256(content));
        return index;
    }

    /** Values in force whose periods touch a period, ascending. */
    public List<VariableValue> values(SiteId site, String variable, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        metering.site(site);
        return table.newest(site, asKnownAt).stream()
                .filter(value ->
                        value.variable().equals(variable) && value.value().isPresent())
                .filter(value -> value.period().from().isBefore(period.to())
                        && value.period().to().isAfter(period.from()))
                .toList();
    }

    /** A variable that adds up over time, for the periods between boundaries. @param boundaries ascending, two or more */
    public List<AlignedValue> aligned(SiteId site, String variable, List<Instant> boundaries, LogSize asKnownAt) {
        List<VariableValue> values =
                values(site, variable, Period.of(boundaries.get(0), boundaries.get(boundaries.size() - 1)), asKnownAt);
        List<AlignedValue> aligned = new ArrayList<>();
        for (int i = 1; i < boundaries.size(); i++) {
            aligned.add(aligned(Period.of(boundaries.get(i - 1), boundaries.get(i)), values));
        }
        return aligned;
    }

    private static AlignedValue aligned(Period period, List<VariableValue> values) {
        BigDecimal sum = BigDecimal.ZERO;
        Duration covered = Duration.ZERO;
        boolean split = false;
        for (VariableValue value : values) {
            Instant from = later(period.from(), value.period().from());
            Instant to = earlier(period.to(), value.period().to());
            if (from.isBefore(to)) {
                Duration inside = Duration.between(from, to);
                boolean whole = inside.equals(value.period().duration());
                BigDecimal amount = value.value().orElseThrow();
                sum = sum.add(
                        whole ? amount : share(amount, inside, value.period().duration()));
                covered = covered.plus(inside);
                split |= !whole;
            }
        }
        double coverage = (double) covered.toMillis() / period.duration().toMillis();
        boolean complete = covered.equals(period.duration());
        return new AlignedValue(period, complete ? Optional.of(sum) : Optional.empty(), coverage, split);
    }

    private static BigDecimal share(BigDecimal amount, Duration inside, Duration whole) {
        return amount.multiply(BigDecimal.valueOf(inside.toMillis()))
                .divide(BigDecimal.valueOf(whole.toMillis()), DIGITS);
    }

    /** The variables of a site. */
    public List<VariableSummary> variables(SiteId site) {
        access.require(Permission.SEE);
        metering.site(site);
        return table.summaries(site);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
