package energy.audit.tenancy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions of a plain data source, for programs and tests outside the server. One connection a thread. */
final class LocalTransactions implements Transactions {
    private final DataSource dataSource;
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

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
            connection.commit();
        } finally {
            current.remove();
        }
    }

    @Override
    public void rollback() throws SQLException {
        try (Connection connection = open()) {
            connection.rollback();
        } finally {
            current.remove();
        }
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
