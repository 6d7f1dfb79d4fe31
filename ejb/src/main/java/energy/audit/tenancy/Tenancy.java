package energy.audit.tenancy;

import energy.audit.kernel.Fault;
import energy.audit.kernel.Open;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The only opener of a tenant's transaction. Everything that touches a tenant's rows runs inside {@link #within}; a door
 * that is called outside it throws before any SQL.
 */
@ApplicationScoped
public class Tenancy {
    private static final String BIND = "select set_config('app.tenant', ?, true), set_config('app.person', ?, true)";

    private final Transactions transactions;

    /** Used by the server. */
    protected Tenancy() {
        this(new ServerTransactions());
    }

    private Tenancy(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The same promises over a plain data source, outside the server. Connections come from {@code dataSource}. */
    public static Tenancy over(DataSource dataSource) {
        return new Tenancy(new LocalTransactions(dataSource));
    }

    /**
     * Runs work in a transaction of this tenant: opens one, or joins the one that is open for the same tenant. Commits
     * when the outermost work returns, rolls back when it throws.
     *
     * @throws Refusal SECOND_TENANT when the thread's transaction belongs to another tenant or to a person
     */
    @Open("binds only; who may enter a tenant is decided by Access")
    public <T> T within(TenantId tenant, Supplier<T> work) {
        Scope open = Scope.current();
        if (open == null) {
            return inNewTransaction(tenant, null, work);
        }
        if (!tenant.equals(open.tenant())) {
            throw Refusal.conflict(
                    "SECOND_TENANT",
                    "tenant " + tenant,
                    "this transaction is bound to " + Objects.requireNonNullElse(open.tenant(), "no tenant"),
                    "End the first transaction before a second tenant is entered.");
        }
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            open.fail();
            throw e;
        }
    }

    /** {@link #within(TenantId, Supplier)} without a result. */
    @Open("binds only; who may enter a tenant is decided by Access")
    public void within(TenantId tenant, Runnable work) {
        within(tenant, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Runs work that may read this person's own memberships, and nothing else. Cannot be nested. */
    @Open("a person may always see own memberships; the caller's name comes from the identity provider")
    public <T> T asPerson(String person, Supplier<T> work) {
        if (person.isBlank()) {
            throw Refusal.forbidden("NOBODY", "memberships", "no person is signed in", "Sign in.");
        }
        if (Scope.current() != null) {
            throw Refusal.conflict(
                    "SECOND_TENANT",
                    "memberships of " + person,
                    "this thread's transaction is bound already",
                    "Ask for memberships before a tenant is entered.");
        }
        return inNewTransaction(null, person, work);
    }

    /** Runs work on the few tables that belong to no tenant; sees no tenant's rows. Cannot be nested. */
    @Open("no tenant is bound, so no tenant's row is seen")
    public <T> T outside(Supplier<T> work) {
        if (Scope.current() != null) {
            throw Refusal.conflict(
                    "SECOND_TENANT",
                    "tables of no tenant",
                    "this thread's transaction is bound already",
                    "End it first.");
        }
        return inNewTransaction(null, null, work);
    }

    /** Adds the current tenant's name to the directory; true when it was not there. */
    @Open("a name only; who may open a tenant is decided by Metering")
    public boolean enlist() {
        TenantId tenant = current();
        return sql("add a tenant to the directory", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into tenant_directory (tenant_id) values (?) on conflict do nothing")) {
                insert.setString(1, tenant.value());
                return insert.executeUpdate() == 1;
            }
        });
    }

    /** The tenant of this thread's transaction. */
    @Open("tells what the caller has bound itself")
    public TenantId current() {
        Scope scope = Scope.current();
        TenantId tenant = scope == null ? null : scope.tenant();
        if (tenant == null) {
            throw noTenant();
        }
        return tenant;
    }

    /** True when this thread is inside {@link #within}. */
    @Open("tells what the caller has bound itself")
    public boolean isBound() {
        Scope scope = Scope.current();
        return scope != null && scope.tenant() != null;
    }

    /**
     * Names of all tenants, without anything about them: for timers and listeners, which enter one after the other. Own
     * short transaction; not inside {@link #within}.
     */
    @Open("names only, for work that enters every tenant in turn")
    public List<TenantId> directory() {
        return asPerson(
                "(directory)",
                () -> sql("read the names of all tenants", connection -> {
                    List<TenantId> tenants = new ArrayList<>();
                    try (PreparedStatement select = connection.prepareStatement(
                                    "select tenant_id from tenant_directory order by tenant_id");
                            ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            tenants.add(TenantId.of(rows.getString(1)));
                        }
                    }
                    return tenants;
                }));
    }

    /**
     * Runs SQL on the connection of this thread's transaction.
     *
     * @param what what is being done, for the message of a failure: "append to the log"
     * @throws Fault DATABASE with the database's own words
     */
    @Open("rows are walled by the transaction's tenant")
    public <T> T sql(String what, SqlWork<T> work) {
        Scope scope = Scope.current();
        if (scope == null) {
            throw noTenant();
        }
        try {
            if (!scope.transaction().equals(transactions.key())) {
                throw Refusal.conflict(
                        "SECOND_TRANSACTION",
                        what,
                        "another transaction was opened inside the tenant's",
                        "Use no transaction annotations; work inside Tenancy.within.");
            }
            try (Connection connection = transactions.connection()) {
                return work.run(connection);
            }
        } catch (SQLException e) {
            scope.fail();
            throw database(what, e);
        }
    }

    /** {@link #sql(String, SqlWork)} without a result. */
    @Open("rows are walled by the transaction's tenant")
    public void run(String what, SqlAction action) {
        sql(what, connection -> {
            action.run(connection);
            return Boolean.TRUE;
        });
    }

    /**
     * Hibernate's view of the current tenant's records; written out when the transaction commits. For rooms below
     * {@code energy.audit} only, inside {@link #within}.
     */
    @Open("records are walled twice: by discriminator and by row-level security")
    public EntityManager entities() {
        current();
        return transactions.entities();
    }

    /** Runs a wake-up after this transaction has committed. Nothing that must happen belongs here: that is a row. */
    @Open("runs only what the caller has handed in")
    public void afterCommit(Runnable wakeUp) {
        Scope scope = Scope.current();
        if (scope == null) {
            throw noTenant();
        }
        scope.afterCommit().add(wakeUp);
    }

    private <T> T inNewTransaction(@Nullable TenantId tenant, @Nullable String person, Supplier<T> work) {
        Scope scope = opened(tenant, person);
        T result;
        try {
            result = work.get();
            if (scope.failed()) {
                throw new Fault(
                        "HALF_DONE",
                        "transaction of " + Objects.requireNonNullElse(tenant, "no tenant"),
                        "a part of its work failed and the failure was passed over",
                        "Look at the line before this one.",
                        null);
            }
        } catch (RuntimeException | Error e) {
            Scope.unbind();
            rollBack(e);
            throw e;
        }
        try {
            // records are written out now, so the tenant is bound until the end
            transactions.commit();
        } catch (SQLException e) {
            throw database("commit", e);
        } finally {
            Scope.unbind();
        }
        scope.afterCommit().forEach(Runnable::run);
        return result;
    }

    private Scope opened(@Nullable TenantId tenant, @Nullable String person) {
        try {
            if (transactions.active()) {
                throw Refusal.conflict(
                        "SECOND_TRANSACTION",
                        "entering " + Objects.requireNonNullElse(tenant, "no tenant"),
                        "a transaction without a tenant is open on this thread",
                        "Use no transaction annotations; only Tenancy opens transactions.");
            }
            transactions.begin();
            try {
                Scope scope = new Scope(tenant, transactions);
                bind(tenant == null ? "" : tenant.value(), person == null ? "" : person);
                Scope.bind(scope);
                return scope;
            } catch (SQLException e) {
                rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw database("open a transaction", e);
        }
    }

    private void bind(String tenant, String person) throws SQLException {
        try (Connection connection = transactions.connection();
                PreparedStatement select = connection.prepareStatement(BIND)) {
            select.setString(1, tenant);
            select.setString(2, person);
            select.execute();
        }
    }

    private void rollBack(Throwable reason) {
        try {
            transactions.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static Refusal noTenant() {
        return Refusal.conflict(
                "NO_TENANT", "rows of a tenant", "no tenant is bound to this thread", "Enter one with Tenancy.within.");
    }

    private static Fault database(String what, SQLException e) {
        return new Fault(
                "DATABASE",
                what,
                "SQLSTATE " + e.getSQLState() + ", " + e.getMessage(),
                "Look at the database's own log; what was not committed will be tried again by whoever asked.",
                e);
    }
}
