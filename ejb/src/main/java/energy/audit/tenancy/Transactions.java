package energy.audit.tenancy;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/** Where transactions come from: the server's, or a plain data source's. */
interface Transactions {
    void begin() throws SQLException;

    void commit() throws SQLException;

    void rollback() throws SQLException;

    /** True when this thread has a transaction, whoever opened it. */
    boolean active() throws SQLException;

    /** Identity of this thread's transaction, to notice one that was opened inside another. */
    Object key() throws SQLException;

    /** A handle on the transaction's connection; closing it gives the handle back and ends nothing. */
    Connection connection() throws SQLException;

    /** Hibernate in this thread's transaction. */
    EntityManager entities();
}
