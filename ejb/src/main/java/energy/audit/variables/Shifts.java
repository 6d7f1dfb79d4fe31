package energy.audit.variables;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.access.Access;
import energy.audit.analysis.variable.Shift;
import energy.audit.analysis.variable.ShiftCalendar;
import energy.audit.analysis.variable.ShiftPlan;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shift plans of sites, read from the log: there are few, and no table could say otherwise. */
final class Shifts {
    private final Access access;
    private final TenantLog log;

    Shifts(Access access, TenantLog log) {
        this.access = access;
        this.log = log;
    }

    /** @return index of the entry; of the one in force when it says the same */
    long plan(SiteId site, energy.audit.evidence.wire.ShiftPlan message) {
        ShiftPlan plan = read(message, 0);
        if (message.getReason().isBlank()) {
            throw bad(message, "it has no reason", "Say why; it stays in the log for ever.");
        }
        Set<String> names = new HashSet<>();
        for (Shift shift : plan.shifts()) {
            if (!shift.name().matches("[a-z][a-z0-9-]{0,30}") || !names.add(shift.name())) {
                throw bad(
                        message,
                        "shift '" + shift.name() + "' is named twice, or with more than letters, digits and -",
                        "Give each shift a name of its own, like early.");
            }
        }
        log.lock();
        List<PlannedShifts> sameDay = plans(site, LogSize.NEWEST).stream()
                .filter(each -> each.inForce() && each.plan().effectiveFrom().equals(plan.effectiveFrom()))
                .toList();
        for (PlannedShifts known : sameDay) {
            ShiftPlan one = known.plan();
            if (one.shifts().equals(plan.shifts())
                    && one.daysOff().equals(plan.daysOff())
                    && one.withdrawn() == plan.withdrawn()) {
                return one.entry();
            }
        }
        if (plan.withdrawn() && sameDay.isEmpty()) {
            throw bad(message, "there is no plan of that day to take back", "Look at the list of plans.");
        }
        return log.append(new EntryDraft(EntryKind.SHIFT_PLAN, access.actor(), message.toByteArray()));
    }

    List<PlannedShifts> plans(SiteId site, LogSize asKnownAt) {
        List<PlannedShifts> plans = new ArrayList<>();
        Set<LocalDate> later = new HashSet<>();
        List<StoredEntry> entries = log.entries(EntryKind.SHIFT_PLAN, asKnownAt);
        for (int i = entries.size() - 1; i >= 0; i--) {
            StoredEntry entry = entries.get(i);
            energy.audit.evidence.wire.ShiftPlan message = parsed(entry);
            if (message.getSite().equals(site.value())) {
                ShiftPlan plan = read(message, entry.index());
                plans.add(
                        0,
                        new PlannedShifts(
                                plan,
                                message.getReason(),
                                entry.actor(),
                                entry.admittedAt(),
                                later.add(plan.effectiveFrom())));
            }
        }
        return plans;
    }

    ShiftCalendar calendar(SiteId site, ZoneId zone, LogSize asKnownAt) {
        return new ShiftCalendar(
                plans(site, asKnownAt).stream().map(PlannedShifts::plan).toList(), zone);
    }

    private static ShiftPlan read(energy.audit.evidence.wire.ShiftPlan message, long entry) {
        try {
            List<Shift> shifts = new ArrayList<>();
            for (energy.audit.evidence.wire.Shift shift : message.getShiftsList()) {
                if (shift.getDaysCount() == 0) {
                    throw bad(message, "shift '" + shift.getName() + "' has no days", "Name them, like MON-FRI.");
                }
                shifts.add(new Shift(
                        shift.getName(),
                        shift.getDaysList().stream().map(DayOfWeek::of).collect(java.util.stream.Collectors.toSet()),
                        LocalTime.parse(shift.getStart()),
                        LocalTime.parse(shift.getEnd())));
            }
            return new ShiftPlan(
                    LocalDate.parse(message.getEffectiveFrom()),
                    shifts,
                    message.getDaysOffList().stream()
                            .map(LocalDate::parse)
                            .collect(java.util.stream.Collectors.toSet()),
                    message.getWithdrawn(),
                    entry);
        } catch (DateTimeException e) {
            throw bad(message, String.valueOf(e.getMessage()), "Write days like 2026-01-31 and times like 06:00.");
        }
    }

    private static energy.audit.evidence.wire.ShiftPlan parsed(StoredEntry entry) {
        try {
            return energy.audit.evidence.wire.ShiftPlan.parseFrom(entry.payload());
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "LOG_DAMAGED",
                    "entry " + entry.index() + " of the log",
                    "it cannot be read: " + e.getMessage(),
                    "Check the log against a checkpoint of an agent.",
                    e);
        }
    }

    private static Refusal bad(energy.audit.evidence.wire.ShiftPlan message, String why, String nextStep) {
        return Refusal.invalid(
                "BAD_SHIFT_PLAN",
                "shift plan of " + message.getSite() + " from " + message.getEffectiveFrom(),
                why,
                nextStep);
    }
}
