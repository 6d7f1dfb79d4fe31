package energy.audit.tenancy;

import energy.audit.kernel.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this thread's transaction is bound to: one tenant, or none. Only {@link Tenancy} binds. */
final class Scope {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private final @Nullable TenantId tenant;
    private final Transactions transactions;
    private final Object transaction;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean failed;

    Scope(@Nullable TenantId tenant, Transactions transactions) throws SQLException {
        this.tenant = tenant;
        this.transactions = transactions;
        this.transaction = transactions.key();
    }

    static @Nullable Scope current() {
        return CURRENT.get();
    }

    static void bind(Scope scope) {
        CURRENT.set(scope);
    }

    static void unbind() {
        CURRENT.remove();
    }

    @Nullable
    TenantId tenant() {
        return tenant;
    }

    Transactions transactions() {
        return transactions;
    }

    /** Identity of the transaction that was opened for this scope. */
    Object transaction() {
        return transaction;
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    /** From now on this transaction can only be rolled back. */
    void fail() {
        failed = true;
    }

    boolean failed() {
        return failed;
    }
}
