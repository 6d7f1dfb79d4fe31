package energy.audit.factor;

import energy.audit.analysis.carbon.EmissionFactor;
import energy.audit.analysis.carbon.EmissionFactorText;
import energy.audit.analysis.carbon.EmissionFactors;
import energy.audit.analysis.carbon.NoFactor;
import energy.audit.analysis.cost.TariffText;
import energy.audit.analysis.performance.PrimaryFactor;
import energy.audit.analysis.performance.PrimaryFactorText;
import energy.audit.analysis.table.BadTable;
import energy.audit.kernel.SiteId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What the tables of a prefix say together: of one site, its own before those for every site. Pure. */
final class InForce {
    private final List<LoggedTable> tables;

    /** @param tables any; those that do not hold are passed over */
    InForce(List<LoggedTable> tables) {
        this.tables = tables.stream().filter(LoggedTable::holds).toList();
    }

    private record Of(EmissionFactor factor, LoggedTable table) {}

    /**
     * @throws NoFactor where two tables of the same reach leave two factors for one day
     * @throws BadTable if one of them cannot be read
     */
    SiteFactors emissionFactors(SiteId site) throws BadTable {
        List<Of> own = new ArrayList<>();
        List<Of> general = new ArrayList<>();
        for (LoggedTable table : tables) {
            if (table.kind() == FactorKind.EMISSION_FACTORS && table.speaksOf(site)) {
                for (EmissionFactor factor : EmissionFactorText.read(table.csv())) {
                    (table.site().isPresent() ? own : general).add(new Of(factor, table));
                }
            }
        }
        List<Of> together = new ArrayList<>(own);
        general.stream()
                .filter(each -> own.stream().noneMatch(mine -> sameThing(mine.factor(), each.factor())))
                .forEach(together::add);
        TreeSet<Long> entries = new TreeSet<>();
        together.forEach(each -> entries.add(each.table().logIndex()));
        return new SiteFactors(
                new EmissionFactors(together.stream().map(Of::factor).toList()), List.copyOf(entries));
    }

    /**
     * The site's own factors of an energy before those for every site.
     *
     * @throws NoFactor where two tables of the same reach leave two factors for one day
     * @throws BadTable if one of them cannot be read
     */
    SitePrimaryFactors primaryFactors(SiteId site) throws BadTable {
        List<PrimaryFactor> own = new ArrayList<>();
        List<PrimaryFactor> general = new ArrayList<>();
        TreeSet<Long> entries = new TreeSet<>();
        for (LoggedTable table : tables) {
            if (table.kind() == FactorKind.PRIMARY_ENERGY_FACTORS && table.speaksOf(site)) {
                entries.add(table.logIndex());
                for (PrimaryFactor factor : PrimaryFactorText.read(table.csv())) {
                    List<PrimaryFactor> reach = table.site().isPresent() ? own : general;
                    if (reach.stream().anyMatch(factor::overlaps)) {
                        throw new NoFactor("Two tables have a primary-energy factor of " + factor.energySource()
                                + " from " + factor.from() + " on.");
                    }
                    reach.add(factor);
                }
            }
        }
        List<PrimaryFactor> together = new ArrayList<>(own);
        general.stream()
                .filter(each ->
                        own.stream().noneMatch(mine -> mine.energySource().equals(each.energySource())))
                .forEach(together::add);
        return new SitePrimaryFactors(together, List.copyOf(entries));
    }

    /** @throws BadTable if the table cannot be read */
    Optional<SupplyTariffs> tariffs(SiteId site, String energySource, ZoneId zone) throws BadTable {
        Optional<LoggedTable> table = tariff(site, energySource);
        return table.isEmpty()
                ? Optional.empty()
                : Optional.of(new SupplyTariffs(
                        TariffText.read(
                                table.get().csv(),
                                Currency.getInstance(table.get().currency()),
                                zone,
                                table.get().source()),
                        table.get().logIndex(),
                        table.get().source()));
    }

    private Optional<LoggedTable> tariff(SiteId site, String energySource) {
        List<LoggedTable> ofSupply = tables.stream()
                .filter(table -> table.kind() == FactorKind.TARIFF
                        && table.energySource().equals(energySource)
                        && table.speaksOf(site))
                .toList();
        return ofSupply.stream()
                .filter(table -> table.site().isPresent())
                .findFirst()
                .or(() -> ofSupply.stream().findFirst());
    }

    /** Another table of the same supply and reach, which would leave two tariffs. */
    Optional<LoggedTable> rival(LoggedTable tariff) {
        return tables.stream()
                .filter(table -> table.kind() == FactorKind.TARIFF
                        && !table.id().equals(tariff.id())
                        && table.energySource().equals(tariff.energySource())
                        && table.site().equals(tariff.site()))
                .findFirst();
    }

    private static boolean sameThing(EmissionFactor one, EmissionFactor other) {
        return one.activity().equals(other.activity())
                && one.unit().equals(other.unit())
                && one.scope() == other.scope()
                && one.basis() == other.basis();
    }
}
