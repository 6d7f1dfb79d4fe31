package energy.audit.tenancy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions of a plain data source, for programs and tests outside the server. One connection a thread. */
final class LocalTransactions implements Transactions {
    private final DataSource dataSource;
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();
    private final ThreadLocal<@Nullable EntityManager> records = new ThreadLocal<>();
    private @Nullable EntityManagerFactory factory;

    LocalTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void begin() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        current.set(connection);
    }

    @Override
    public void commit() throws SQLException {
        try (Connection connection = open()) {
            EntityManager entities = records.get();
            if (entities != null) {
                // writes out what was changed; the lent connection passes its commit over
                entities.getTransaction().commit();
            }
            connection.commit();
        } catch (PersistenceException e) {
            throw new SQLException("records were not written: " + e.getMessage(), e);
        } finally {
            end();
        }
    }

    @Override
    public void rollback() throws SQLException {
        try (Connection connection = open()) {
            connection.rollback();
        } finally {
            end();
        }
    }

    private void end() {
        EntityManager entities = records.get();
        records.remove();
        current.remove();
        if (entities != null) {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
    }

    @Override
    public EntityManager entities() {
        EntityManager entities = records.get();
        if (entities == null) {
            entities = factory().createEntityManager();
            entities.getTransaction().begin();
            records.set(entities);
        }
        return entities;
    }

    private synchronized EntityManagerFactory factory() {
        if (factory == null) {
            factory = Persistence.createEntityManagerFactory(
                    "energy-audit", Map.of("jakarta.persistence.transactionType", "RESOURCE_LOCAL"));
        }
        return factory;
    }

    @Override
    public boolean active() {
        return current.get() != null;
    }

    @Override
    public Object key() throws SQLException {
        return open();
    }

    @Override
    public Connection connection() throws SQLException {
        return lent(open());
    }

    private Connection open() throws SQLException {
        Connection connection = current.get();
        if (connection == null) {
            throw new SQLException("no transaction is open on this thread");
        }
        return connection;
    }

    /** A handle whose life-cycle methods do nothing: only {@link Tenancy} ends a transaction. */
    private static Connection lent(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                LocalTransactions.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "close", "commit", "setAutoCommit":
                            return null;
                        case "rollback":
                            if (args == null) {
                                return null;
                            }
                            break;
                        default:
                            break;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
