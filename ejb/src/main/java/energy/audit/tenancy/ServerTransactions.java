package energy.audit.tenancy;

import jakarta.persistence.EntityManager;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The application server's transactions and its data source, by their global names, so that any thread can use them. */
final class ServerTransactions implements Transactions {
    static final String DATA_SOURCE = "java:jboss/datasources/EnergyAuditDS";

    private @Nullable Resources resources;

    @Override
    public void begin() throws SQLException {
        try {
            resources().transactions().begin();
        } catch (NotSupportedException | SystemException e) {
            throw new SQLException("the server refused to begin a transaction: " + e.getMessage(), e);
        }
    }

    @Override
    public void commit() throws SQLException {
        try {
            resources().transactions().commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
            throw new SQLException("the transaction was not committed: " + e.getMessage(), e);
        }
    }

    @Override
    public void rollback() throws SQLException {
        try {
            resources().transactions().rollback();
        } catch (SystemException e) {
            throw new SQLException("the transaction was not rolled back: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean active() throws SQLException {
        try {
            return resources().transactions().getStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (SystemException e) {
            throw new SQLException("the server does not tell its transaction's status: " + e.getMessage(), e);
        }
    }

    @Override
    public Object key() throws SQLException {
        Object key = resources().registry().getTransactionKey();
        if (key == null) {
            throw new SQLException("no transaction is open on this thread");
        }
        return key;
    }

    @Override
    public Connection connection() throws SQLException {
        return resources().dataSource().getConnection();
    }

    @Override
    public EntityManager entities() {
        try {
            return resources().entities();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    // names are constants of this class, nothing of a user gets into a lookup
    @SuppressWarnings("BanJNDI")
    private synchronized Resources resources() throws SQLException {
        if (resources == null) {
            try {
                resources = new Resources(
                        InitialContext.doLookup("java:jboss/TransactionManager"),
                        InitialContext.doLookup("java:jboss/TransactionSynchronizationRegistry"),
                        InitialContext.doLookup(DATA_SOURCE),
                        InitialContext.doLookup("java:jboss/energy-audit/EntityManager"));
            } catch (NamingException e) {
                throw new SQLException("not found in the server: " + e.getMessage(), e);
            }
        }
        return resources;
    }

    private record Resources(
            TransactionManager transactions,
            TransactionSynchronizationRegistry registry,
            DataSource dataSource,
            EntityManager entities) {}
}
