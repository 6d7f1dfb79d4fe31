package energy.audit.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** Gives Hibernate the connection of the tenant's transaction, to which row-level security is bound: wall 2. */
public final class TenantConnections implements MultiTenantConnectionProvider<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection(String tenant) throws SQLException {
        Scope scope = Scope.current();
        if (scope == null || scope.tenant() == null || !scope.tenant().value().equals(tenant)) {
            throw new SQLException("this thread's transaction is not bound to tenant " + tenant);
        }
        return scope.transactions().connection();
    }

    @Override
    public void releaseConnection(String tenant, Connection connection) throws SQLException {
        connection.close();
    }

    /** There is no connection without a tenant. */
    @Override
    public Connection getAnyConnection() throws SQLException {
        throw new SQLException("Hibernate asked for a connection without a tenant");
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException("nothing to unwrap as " + type);
    }
}
