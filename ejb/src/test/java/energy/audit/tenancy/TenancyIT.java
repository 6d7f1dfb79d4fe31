package energy.audit.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.access.Role;
import energy.audit.kernel.Fault;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenancyIT {
    private final House house = new House();
    private final TenantId acme = house.tenant("acme");
    private final TenantId globex = house.tenant("globex");

    @Test
    @Promise("tenancy.R1")
    void aSecondTenantInTheSameTransactionIsRefused() {
        assertThatThrownBy(() -> house.tenancy.within(acme, () -> house.tenancy.within(globex, () -> 1)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("bound to acme");
        assertThat(house.tenancy.within(acme, () -> house.tenancy.within(acme, () -> 1)))
                .isEqualTo(1);
        assertThatThrownBy(() -> house.tenancy.within(acme, house.tenancy::directory))
                .isInstanceOf(Refusal.class);
    }

    @Test
    @Promise("tenancy.R2")
    void outsideATenantNothingIsAskedAndNoRowIsSeen() {
        assertThatThrownBy(() -> house.tenancy.sql("look", connection -> 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no tenant is bound");
        assertThat(house.tenancy.outside(() -> count("log_entry"))).isZero();
        assertThat(house.tenancy.within(acme, () -> count("log_entry"))).isEqualTo(1);
        assertThatThrownBy(() -> house.tenancy.outside(house.tenancy::entities)).isInstanceOf(Refusal.class);
    }

    @Test
    @Promise("tenancy.R2")
    void hibernateSeesOnlyTheRecordsOfTheTenantEvenInNativeSql() {
        house.in(acme, () -> house.access.grant("emma", Role.READER, Instant.EPOCH, Optional.empty(), "test"));
        assertThat(house.in(acme, () -> house.access.grants())).hasSize(1);
        assertThat(house.in(globex, () -> house.access.grants())).isEmpty();
        assertThat(house.in(
                        globex,
                        () -> house.tenancy
                                .entities()
                                .createNativeQuery("select person from access_grant", String.class)
                                .getResultList()))
                .isEmpty();
    }

    @Test
    @Promise("tenancy.R3")
    void whenTheWorkThrowsNothingOfItStaysNeitherRowsNorRecords() {
        assertThatThrownBy(() -> house.in(acme, () -> {
                    house.access.grant("emma", Role.READER, Instant.EPOCH, Optional.empty(), "test");
                    throw new IllegalStateException("after the grant");
                }))
                .hasMessage("after the grant");
        assertThat(house.in(acme, () -> house.access.grants())).isEmpty();
        assertThat(house.in(acme, () -> house.log.size()).entries()).isEqualTo(1);
        assertThat(house.tenancy.within(globex, () -> 1))
                .as("the thread is free again")
                .isEqualTo(1);
    }

    @Test
    @Promise("tenancy.R3")
    void aFailureOfAPartThatIsPassedOverStillUndoesTheWhole() {
        assertThatThrownBy(() -> house.tenancy.within(acme, () -> {
                    try {
                        house.tenancy.within(acme, () -> {
                            throw new IllegalStateException("a part failed");
                        });
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessage("a part failed");
                    }
                }))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("HALF_DONE");
    }

    @Test
    void aWakeUpRunsAfterTheCommitAndNotAfterARollback() {
        List<String> said = new ArrayList<>();
        house.tenancy.within(acme, () -> {
            house.tenancy.afterCommit(() -> said.add("committed"));
            assertThat(said).isEmpty();
        });
        assertThatThrownBy(() -> house.tenancy.within(acme, () -> {
                    house.tenancy.afterCommit(() -> said.add("rolled back"));
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(said).containsExactly("committed");
    }

    @Test
    void theDirectoryKnowsNamesOnly() {
        assertThat(house.tenancy.directory()).containsExactly(acme, globex);
    }

    private long count(String table) {
        return house.tenancy.sql("count", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from " + table);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
