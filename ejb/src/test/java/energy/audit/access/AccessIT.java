package energy.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.evidence.wire.AccessGrant;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.log.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessIT {
    private static final Caller EMMA = new Caller("emma", Set.of());
    private static final Caller CARL = new Caller("carl", Set.of());

    private final House house = new House();
    private final TenantId acme = house.tenant("acme");
    private final TenantId globex = house.tenant("globex");

    @Test
    @Promise("access.R1")
    void aPersonMayDoWhatTheRoleSaysWhileTheGrantIsInForce() {
        Instant now = house.clock.instant();
        grant(acme, "emma", Role.ENERGY_MANAGER, now.plusSeconds(60), Optional.of(now.plusSeconds(120)));

        assertThatThrownBy(() -> house.access.inTenant(EMMA, acme, () -> 1)).hasMessageContaining("no role there");
        house.clock.advance(Duration.ofSeconds(60));
        assertThat(house.access.inTenant(EMMA, acme, () -> house.access.may(Permission.GRANT)))
                .isTrue();
        house.clock.advance(Duration.ofSeconds(60));
        assertThatThrownBy(() -> house.access.inTenant(EMMA, acme, () -> 1)).isInstanceOf(Refusal.class);
    }

    @Test
    @Promise("access.R1")
    void aReaderIsRefusedWhatOnlyAnEnergyManagerMayAndNothingIsKept() {
        grant(acme, "carl", Role.READER, Instant.EPOCH, Optional.empty());
        assertThatThrownBy(() -> house.access.inTenant(
                        CARL,
                        acme,
                        () -> house.access.grant(
                                "carl", Role.ENERGY_MANAGER, Instant.EPOCH, Optional.empty(), "me too")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("carl is reader there");
        assertThat(house.in(acme, () -> house.access.grants())).hasSize(1);
    }

    @Test
    @Promise("access.R1")
    void withoutAnybodyEnteredNoDoorOpens() {
        assertThatThrownBy(() -> house.tenancy.within(acme, () -> house.metering.sites()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nobody has entered");
    }

    @Test
    void aConsultantSeesOwnMembershipsOfAllClientsAndOfNobodyElse() {
        grant(acme, "carl", Role.ENERGY_MANAGER, Instant.EPOCH, Optional.empty());
        grant(globex, "carl", Role.READER, Instant.EPOCH, Optional.empty());
        grant(acme, "emma", Role.OPERATOR, Instant.EPOCH, Optional.empty());
        assertThat(house.access.memberships(CARL))
                .containsExactly(
                        new Membership(acme, "The acme", Set.of(Role.ENERGY_MANAGER)),
                        new Membership(globex, "The globex", Set.of(Role.READER)));
        assertThat(house.access.memberships(EMMA))
                .extracting(Membership::tenant)
                .containsExactly(acme);
        assertThat(house.access.memberships(House.ADMIN)).hasSize(2);
    }

    @Test
    @Promise("access.R2")
    void grantAndRevocationAreEntriesOfTheLogAndTheSameGrantIsNotMadeTwice() throws Exception {
        long first = grant(acme, "emma", Role.AUDITOR, Instant.EPOCH, Optional.empty());
        long again = grant(acme, "emma", Role.AUDITOR, house.clock.instant(), Optional.empty());
        assertThat(again).isEqualTo(first);

        house.in(acme, () -> house.access.revoke("emma", Role.AUDITOR, "left"));

        assertThatThrownBy(() -> house.access.inTenant(EMMA, acme, () -> 1)).isInstanceOf(Refusal.class);
        List<StoredEntry> entries = house.in(acme, () -> house.log.entries(EntryKind.ACCESS_GRANT, LogSize.NEWEST));
        assertThat(entries).hasSize(2);
        assertThat(AccessGrant.parseFrom(entries.get(1).payload()).getRevoked()).isTrue();
    }

    @Test
    @Promise("access.R2")
    void aLookOfTheAdministratorIsRecordedOnceAnHourInTheTenantThatWasLookedAt() {
        for (int i = 0; i < 3; i++) {
            house.access.inTenant(House.ADMIN, acme, () -> house.metering.sites());
        }
        house.clock.advance(Duration.ofHours(1));
        house.access.inTenant(House.ADMIN, acme, () -> house.metering.sites());

        assertThat(house.in(acme, () -> house.log.entries(EntryKind.ACCESS_GRANT, LogSize.NEWEST)))
                .extracting(StoredEntry::actor)
                .containsExactly("admin", "admin");
        assertThat(house.in(globex, () -> house.log.entries(EntryKind.ACCESS_GRANT, LogSize.NEWEST)))
                .isEmpty();
        Caller dismissed = new Caller("admin", Set.of());
        assertThatThrownBy(() -> house.access.inTenant(dismissed, acme, () -> 1))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aTenantIsOpenedOnceAndOnlyByAnAdministrator() {
        assertThat(house.access.openTenant(House.ADMIN, acme, "Other name")).isFalse();
        assertThat(house.in(acme, () -> house.access.tenantName())).isEqualTo("The acme");
        assertThatThrownBy(() -> house.access.openTenant(EMMA, TenantId.of("mine"), "Mine"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> house.access.inTenant(House.ADMIN, TenantId.of("nowhere"), () -> 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no such tenant");
    }

    private long grant(TenantId tenant, String person, Role role, Instant from, Optional<Instant> to) {
        return house.in(tenant, () -> house.access.grant(person, role, from, to, "test"));
    }
}
