package energy.audit.plant;

/** What kind of day it is for the people of a site. */
enum DayKind {
    WORKDAY,
    SATURDAY,
    SUNDAY,
    HOLIDAY,
    SHUTDOWN
}
