package energy.audit.log;

import energy.audit.db.TestDatabase;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A server of the cluster as far as the log goes: a program of its own that appends to tenants' logs from several threads,
 * with transactions that fail. Arguments: database url, name, log key's seed (hex), rounds, tenants. Says {@code tenant
 * index text} for each entry whose transaction was committed, and each checkpoint.
 */
public final class AppendingNode {
    private static final int THREADS = 3;
    private static final EntryKind[] KINDS = {
        EntryKind.TELEMETRY_BATCH, EntryKind.METERING_CONFIGURATION, EntryKind.ACCESS_GRANT, EntryKind.PRODUCTION_IMPORT
    };

    private AppendingNode() {}

    /** A transaction that ends badly on purpose. */
    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Tenancy tenancy = Tenancy.over(TestDatabase.application(arguments[0]));
        LogKey key =
                new LogKey("test-installation", SigningKey.ofSeed(HexFormat.of().parseHex(arguments[2])));
        TenantLog log = new TenantLog(tenancy, key, Clock.systemUTC());
        int rounds = Integer.parseInt(arguments[3]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String name = arguments[1] + "." + i;
            Random random = new Random(name.hashCode());
            Thread thread = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    append(
                            tenancy,
                            log,
                            arguments[4 + random.nextInt(arguments.length - 4)],
                            name + "." + round,
                            random);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void append(Tenancy tenancy, TenantLog log, String tenant, String name, Random random) {
        List<EntryDraft> drafts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            drafts.add(new EntryDraft(
                    KINDS[random.nextInt(KINDS.length)], name, (name + "." + i).getBytes(StandardCharsets.UTF_8)));
        }
        boolean fails = random.nextInt(10) == 0;
        try {
            Appended appended = tenancy.within(TenantId.of(tenant), () -> {
                Appended result = log.append(drafts);
                if (fails) {
                    throw new OnPurpose();
                }
                return result;
            });
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < drafts.size(); i++) {
                said.append("entry ")
                        .append(tenant)
                        .append(' ')
                        .append(appended.indexes().get(i))
                        .append(' ')
                        .append(name)
                        .append('.')
                        .append(i)
                        .append('\n');
            }
            said.append("head ")
                    .append(tenant)
                    .append(' ')
                    .append(appended.checkpoint().replace('\n', '|'))
                    .append('\n');
            synchronized (System.out) {
                System.out.print(said);
                System.out.flush();
            }
        } catch (OnPurpose e) {
            // nothing of it may be in the log
        } catch (RuntimeException e) {
            synchronized (System.out) {
                System.out.println("failed " + tenant + " " + name + " "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
    }
}
