package energy.audit.tenancy;

import energy.audit.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transaction is bound to: a tenant, or a person who looks for own memberships. Never both, never neither. */
final class Scope {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private final @Nullable TenantId tenant;
    private final @Nullable String person;
    private final Object transaction;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean failed;

    private Scope(@Nullable TenantId tenant, @Nullable String person, Object transaction) {
        this.tenant = tenant;
        this.person = person;
        this.transaction = transaction;
    }

    static Scope ofTenant(TenantId tenant, Object transaction) {
        return new Scope(tenant, null, transaction);
    }

    static Scope ofPerson(String person, Object transaction) {
        return new Scope(null, person, transaction);
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

    @Nullable TenantId tenant() {
        return tenant;
    }

    @Nullable String person() {
        return person;
    }

    Object transaction() {
        return transaction;
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    void fail() {
        failed = true;
    }

    boolean failed() {
        return failed;
    }
}
