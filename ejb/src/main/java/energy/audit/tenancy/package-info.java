/**
 * Binds one tenant to one transaction: for Hibernate's discriminator and for the database's row-level security.
 *
 * <p>Promises: R1 a transaction has one tenant, a second one in it is refused. R2 without a tenant no row is seen.
 * R3 when the work throws, nothing of it stays. Not here: who may do what ({@code access}).
 *
 * <p>Web, timers and listeners do not open transactions themselves and use no {@code @Transactional}.
 */
@Capability(door = Tenancy.class)
@NullMarked
package energy.audit.tenancy;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
