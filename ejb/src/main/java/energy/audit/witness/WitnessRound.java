package energy.audit.witness;

import energy.audit.access.Access;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.TenantId;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bouncycastle.tsp.TimeStampToken;

/** Mails the newest head of each tenant's log and has it stamped: once a day in the cluster, when it has grown. */
final class WitnessRound {
    static final Duration EACH = Duration.ofHours(24);
    private static final Logger LOG = Logger.getLogger(WitnessRound.class.getName());

    private final Tenancy tenancy;
    private final Access access;
    private final TenantLog log;
    private final Clock clock;
    private final OutsideServices services;
    private final WitnessTable table;

    /** What a round is about. */
    private record Head(String tenantName, long size, String note, List<String> recipients, boolean stamped) {}

    WitnessRound(Tenancy tenancy, Access access, TenantLog log, Clock clock, OutsideServices services) {
        this.tenancy = tenancy;
        this.access = access;
        this.log = log;
        this.clock = clock;
        this.services = services;
        this.table = new WitnessTable(tenancy);
    }

    /** All tenants whose round is due; one tenant's trouble does not hold up the others. */
    void run() {
        if (services.mail().isEmpty() && services.timeStampService().isEmpty()) {
            return;
        }
        for (TenantId tenant : tenancy.directory()) {
            try {
                Optional<Head> due = access.asSystem("witness", tenant, this::due);
                due.ifPresent(head -> spread(tenant, head));
            } catch (RuntimeException e) {
                failed(tenant, "round", e);
            }
        }
    }

    private Optional<Head> due() {
        if (!table.beginRound(clock.instant(), EACH)) {
            return Optional.empty();
        }
        long size = log.size().entries();
        List<Holder> mailed = table.mailHolders();
        List<String> recipients = table.recipients().stream()
                .filter(mail ->
                        mailed.stream().noneMatch(holder -> holder.name().equals(mail) && holder.size() == size))
                .toList();
        boolean stamped = table.stamps().stream().anyMatch(stamp -> stamp.size() == size);
        return size == 0
                ? Optional.empty()
                : Optional.of(new Head(access.tenantName(), size, log.checkpoint(), recipients, stamped));
    }

    /** Outside any transaction: the other ends may be slow. */
    private void spread(TenantId tenant, Head head) {
        services.mail().ifPresent(server -> head.recipients().forEach(to -> mail(tenant, head, to, server)));
        if (!head.stamped()) {
            services.timeStampService()
                    .ifPresent(address -> stamp(tenant, head, new TimeStampAuthority(address), address.toString()));
        }
    }

    private void mail(TenantId tenant, Head head, String to, OutsideServices.MailServer server) {
        Instant now = clock.instant();
        String failure = null;
        try {
            new CheckpointMail(server).send(to, head.tenantName(), head.size(), head.note(), now);
        } catch (Fault e) {
            failure = String.valueOf(e.getMessage());
            failed(tenant, "mail", e);
        }
        String trouble = failure;
        access.asSystem("witness", tenant, () -> {
            table.mailed(to, head.size(), now, trouble);
            return true;
        });
    }

    private void stamp(TenantId tenant, Head head, TimeStampAuthority service, String address) {
        try {
            TimeStampToken token = service.stamp(head.note());
            Stamp stamp = new Stamp(
                    head.size(),
                    head.note(),
                    token.getEncoded(),
                    address,
                    token.getTimeStampInfo().getGenTime().toInstant());
            access.asSystem("witness", tenant, () -> {
                table.stamped(stamp);
                return true;
            });
        } catch (Fault | IOException e) {
            failed(tenant, "stamp", e);
        }
    }

    private static void failed(TenantId tenant, String what, Exception e) {
        LOG.log(
                Level.SEVERE,
                e,
                () -> "ERR " + LogCode.HEAD_NOT_SPREAD + " tenant=" + tenant + " by=" + what
                        + " next=tried_again_next_round");
    }
}
