package energy.audit.web.cost;

import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.carbon.Emissions;
import energy.audit.analysis.cost.Bill;
import energy.audit.carbon.SiteEmissions;
import energy.audit.cost.SupplyCost;
import energy.audit.factor.LoggedTable;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the page on cost and carbon was told, before it is put into words. */
record CostView(List<SupplyCost> costs, Optional<SiteEmissions> emissions, List<LoggedTable> tables, boolean mayEnter) {

    /** Of all supplies by currency; one that has no tariff is in none. */
    Map<String, BigDecimal> totals() {
        Map<String, BigDecimal> totals = new TreeMap<>();
        costs.forEach(cost -> cost.bill()
                .ifPresent(bill -> totals.merge(bill.currency().getCurrencyCode(), bill.total(), BigDecimal::add)));
        return totals;
    }

    /** Whether every quarter hour of every supply is billed. */
    boolean whole() {
        return costs.stream().allMatch(cost -> cost.uncovered().isEmpty() && cost.missing() == 0);
    }

    Optional<Emissions.Total> total(Scope scope, Basis basis) {
        return emissions.flatMap(site -> site.emissions().total(scope, basis));
    }

    List<YearMonth> months() {
        TreeSet<YearMonth> months = new TreeSet<>();
        costs.forEach(cost -> cost.bill().ifPresent(bill -> bill.lines().forEach(line -> months.add(line.month()))));
        return new ArrayList<>(months);
    }

    static BigDecimal ofMonth(Bill bill, YearMonth month) {
        return bill.lines().stream()
                .filter(line -> line.month().equals(month))
                .map(Bill.Line::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
