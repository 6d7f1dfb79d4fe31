package energy.audit.tenancy;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with the connection of the current transaction. The connection is lent: do not close or commit it. */
@FunctionalInterface
public interface SqlWork<T> {
    T run(Connection connection) throws SQLException;
}
