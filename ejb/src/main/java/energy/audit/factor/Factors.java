package energy.audit.factor;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.carbon.EmissionFactorText;
import energy.audit.analysis.carbon.NoFactor;
import energy.audit.analysis.cost.TariffText;
import energy.audit.analysis.performance.PrimaryFactorText;
import energy.audit.analysis.table.BadTable;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.FactorTable;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes tariffs and emission factors into the log, and answers which of them hold. */
@ApplicationScoped
public class Factors {
    private static final Set<String> ENERGIES = Set.of("electricity", "gas", "heat", "water");
    private static final int LONGEST_TEXT = 1_000;

    private final Access access;
    private final TenantLog log;
    private final Metering metering;
    private final Clock clock;
    private final FactorStore store;

    @Inject
    public Factors(Tenancy tenancy, Access access, TenantLog log, Metering metering, Clock clock) {
        this.access = access;
        this.log = log;
        this.metering = metering;
        this.clock = clock;
        this.store = new FactorStore(tenancy);
    }

    /**
     * Enters a table, or a new version of one.
     *
     * @return index of its entry; of the entry in force when that says the same
     * @throws Refusal BAD_TABLE naming line and column; TWO_TABLES where it would leave two answers for one day
     */
    public long enter(FactorTable table) {
        access.require(Permission.ENTER_FACTORS);
        check(table);
        log.lock();
        List<FactorStore.Logged> logged = store.all(LogSize.NEWEST);
        Optional<FactorStore.Logged> before = logged.stream()
                .filter(each -> each.message().getId().equals(table.getId()))
                .reduce((earlier, later) -> later);
        if (before.isPresent() && before.get().message().equals(table)) {
            return before.get().logIndex();
        }
        if (table.getWithdrawn() && (before.isEmpty() || before.get().message().getWithdrawn())) {
            throw bad(table, "withdrawn", "there is no such table", "Look at the tables that there are.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<FactorStore.Logged> then = new ArrayList<>(logged);
        then.add(new FactorStore.Logged(Long.MAX_VALUE - 1, access.actor(), now, table));
        requireOneAnswer(table, tables(then));
        long index = log.append(new EntryDraft(EntryKind.FACTOR_TABLE, access.actor(), table.toByteArray()));
        store.add(new FactorStore.Logged(index, access.actor(), now, table));
        return index;
    }

    /** Every version of every table, in the order of the log. */
    public List<LoggedTable> versions(LogSize asKnownAt) {
        access.require(Permission.SEE);
        return tables(store.all(asKnownAt));
    }

    /** The emission factors that hold for a site, of all days. */
    public SiteFactors emissionFactors(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        try {
            return new InForce(versions(asKnownAt)).emissionFactors(site);
        } catch (BadTable | NoFactor e) {
            throw damaged("emission factors of " + site, e);
        }
    }

    /** The primary-energy factors that hold for a site, of all days. */
    public SitePrimaryFactors primaryFactors(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        try {
            return new InForce(versions(asKnownAt)).primaryFactors(site);
        } catch (BadTable | NoFactor e) {
            throw damaged("primary-energy factors of " + site, e);
        }
    }

    /** The tariffs of a supply, of all days; empty where nobody has entered one. */
    public Optional<SupplyTariffs> tariffs(SiteId site, String energySource, LogSize asKnownAt) {
        access.require(Permission.SEE);
        try {
            return new InForce(versions(asKnownAt))
                    .tariffs(site, energySource, metering.site(site).zone());
        } catch (BadTable e) {
            throw damaged("tariffs of " + energySource + " of " + site, e);
        }
    }

    private static Fault damaged(String what, Exception e) {
        return new Fault(
                "PROJECTION_DAMAGED",
                what,
                "a table that was taken cannot be read any more: " + e.getMessage(),
                "Compare it with the entry's payload.",
                e);
    }

    private static List<LoggedTable> tables(List<FactorStore.Logged> logged) {
        List<LoggedTable> tables = new ArrayList<>();
        Set<String> later = new HashSet<>();
        for (int i = logged.size() - 1; i >= 0; i--) {
            FactorTable message = logged.get(i).message();
            tables.add(
                    0,
                    new LoggedTable(
                            logged.get(i).logIndex(),
                            message.getId(),
                            FactorKind.of(message.getKind()),
                            Optional.of(message.getSite())
                                    .filter(site -> !site.isEmpty())
                                    .map(SiteId::of),
                            message.getEnergySource(),
                            message.getCurrency(),
                            message.getSource(),
                            message.getCsv(),
                            message.getReason(),
                            logged.get(i).by(),
                            logged.get(i).at(),
                            message.getWithdrawn(),
                            later.add(message.getId())));
        }
        return tables;
    }

    private void check(FactorTable table) {
        if (!table.getId().matches("[a-z][a-z0-9-]{0,60}")) {
            throw bad(table, "id", "lower-case letters, digits and - are needed", "Name it like grid-electricity.");
        }
        FactorKind kind = FactorKind.of(table.getKind());
        if (table.getReason().isBlank() || table.getReason().length() > LONGEST_TEXT) {
            throw bad(
                    table,
                    "reason",
                    "1 to " + LONGEST_TEXT + " characters are needed",
                    "Say why it is entered or changed: an auditor reads it years later.");
        }
        if (!table.getSite().isEmpty()) {
            metering.site(SiteId.of(table.getSite()));
        }
        if (kind == FactorKind.TARIFF) {
            checkSupply(table);
        } else if (!table.getEnergySource().isEmpty() || !table.getCurrency().isEmpty()) {
            throw bad(table, "energySource", "only a tariff has one; each factor names its own", "Leave it out.");
        }
        if (!table.getWithdrawn()) {
            read(table, kind);
        } else if (!table.getCsv().isEmpty()) {
            throw bad(table, "csv", "a table that is withdrawn has no lines", "Leave it out.");
        }
    }

    private static void checkSupply(FactorTable table) {
        if (!ENERGIES.contains(table.getEnergySource())) {
            throw bad(
                    table,
                    "energySource = '" + table.getEnergySource() + "'",
                    "it is none of " + ENERGIES,
                    "Correct it.");
        }
        if (table.getSource().isBlank()) {
            throw bad(table, "source", "it is missing", "Name the contract or price sheet that it was taken from.");
        }
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(each -> each.getCurrencyCode().equals(table.getCurrency()))) {
            throw bad(table, "currency = '" + table.getCurrency() + "'", "it is no code of ISO 4217", "Write EUR.");
        }
    }

    private static void read(FactorTable table, FactorKind kind) {
        try {
            if (kind == FactorKind.TARIFF) {
                TariffText.read(
                        table.getCsv(), Currency.getInstance(table.getCurrency()), ZoneOffset.UTC, table.getSource());
            } else if (kind == FactorKind.PRIMARY_ENERGY_FACTORS) {
                PrimaryFactorText.read(table.getCsv());
            } else {
                EmissionFactorText.read(table.getCsv());
            }
        } catch (BadTable e) {
            throw Refusal.invalid(
                    "BAD_TABLE",
                    "factor table " + table.getId() + ", " + e.getMessage(),
                    "it cannot be read",
                    "Correct it; nothing was taken. Columns: " + columns(kind));
        }
    }

    private static List<String> columns(FactorKind kind) {
        return switch (kind) {
            case TARIFF -> TariffText.COLUMNS;
            case EMISSION_FACTORS -> EmissionFactorText.COLUMNS;
            case PRIMARY_ENERGY_FACTORS -> PrimaryFactorText.COLUMNS;
        };
    }

    private void requireOneAnswer(FactorTable table, List<LoggedTable> then) {
        InForce inForce = new InForce(then);
        LoggedTable now = then.get(then.size() - 1);
        if (now.withdrawn()) {
            return;
        }
        Optional<LoggedTable> rival = now.kind() == FactorKind.TARIFF ? inForce.rival(now) : Optional.empty();
        if (rival.isPresent()) {
            throw twoTables(table, "table " + rival.get().id() + " is the tariff of that supply already");
        }
        for (Site site : metering.sites()) {
            try {
                inForce.emissionFactors(site.id());
                inForce.primaryFactors(site.id());
            } catch (NoFactor e) {
                throw twoTables(table, String.valueOf(e.getMessage()));
            } catch (BadTable e) {
                throw damaged("factors of " + site.id(), e);
            }
        }
    }

    private static Refusal twoTables(FactorTable table, String why) {
        return Refusal.conflict(
                "TWO_TABLES",
                "factor table " + table.getId(),
                why,
                "Enter a new version of the other table instead, or withdraw it first.");
    }

    private static Refusal bad(FactorTable table, String field, String why, String nextStep) {
        return Refusal.invalid("BAD_TABLE", "factor table " + table.getId() + ", field " + field, why, nextStep);
    }
}
