package energy.audit.recalculation;

import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Period;

/** One register for one local month: what is derived in one transaction. */
record Unit(int number, ChannelId channel, Period period) {}
