package energy.audit.metering;

import energy.audit.access.Access;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Enters meter exchanges in the log, and says which of them count. */
final class Exchanges {
    private final TenantLog log;
    private final Access access;
    private final ExchangeTable table;

    Exchanges(TenantLog log, Access access, ExchangeTable table) {
        this.log = log;
        this.access = access;
        this.table = table;
    }

    /** @param configurationAt of the site, as known now */
    long enter(
            SiteId site,
            MeterExchange exchange,
            Optional<String> idempotencyKey,
            Instant now,
            Function<Instant, Optional<SiteConfiguration>> configurationAt) {
        ExchangeText text = new ExchangeText(exchange);
        byte[] content = exchange.toByteArray();
        log.lock();
        Optional<ExchangeTable.Logged> asked = idempotencyKey.flatMap(table::byKey);
        if (asked.isPresent()) {
            if (asked.get().says(content)) {
                return asked.get().logIndex();
            }
            throw Refusal.conflict(
                    "IDEMPOTENCY_KEY_USED",
                    "exchange of meter " + exchange.getMeter() + " of " + site + ", header Idempotency-Key",
                    "log entry " + asked.get().logIndex() + " was entered with this key and says something else",
                    "Send what was sent before, or give this one a key of its own.");
        }
        SiteConfiguration configuration = configurationAt
                .apply(text.at())
                .orElseThrow(() -> text.bad(
                        "at = " + text.at(),
                        "no configuration of the site was in force then",
                        "Enter the configuration that describes the old meter first."));
        text.check(configuration, now);
        Optional<ExchangeTable.Logged> newest = table.newest(site, exchange.getMeter(), text.at());
        if (newest.isPresent() && newest.get().says(content)) {
            return newest.get().logIndex();
        }
        if (newest.isEmpty() && exchange.getWithdrawn()) {
            throw text.bad(
                    "withdrawn", "no exchange of this meter was entered for " + text.at(), "Look at its exchanges.");
        }
        long index = log.append(new EntryDraft(EntryKind.METER_EXCHANGE, access.actor(), content));
        table.add(index, site, exchange, idempotencyKey);
        return index;
    }

    List<LoggedExchange> all(SiteId site, LogSize asKnownAt) {
        List<ExchangeTable.Logged> logged = table.of(site, asKnownAt);
        Set<Long> inForce = new HashSet<>();
        inForce(logged).all().forEach(each -> inForce.add(each.logIndex()));
        return logged.stream()
                .map(each ->
                        new ExchangeText(each.message()).values(each.logIndex(), inForce.contains(each.logIndex())))
                .toList();
    }

    ExchangesInForce inForce(SiteId site, LogSize asKnownAt) {
        return inForce(table.of(site, asKnownAt));
    }

    private static ExchangesInForce inForce(List<ExchangeTable.Logged> inLogOrder) {
        ExchangesInForce inForce = new ExchangesInForce();
        for (ExchangeTable.Logged logged : inLogOrder) {
            try {
                inForce.add(logged.logIndex(), logged.message());
            } catch (MalformedEvidence e) {
                throw new Fault(
                        "PROJECTION_DAMAGED",
                        "meter exchange of log entry " + logged.logIndex(),
                        String.valueOf(e.getMessage()),
                        "Compare it with the entry's payload.",
                        e);
            }
        }
        return inForce;
    }
}
