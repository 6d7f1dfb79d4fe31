package energy.audit.fleet;

import java.time.Instant;

/** Requests to a device in the hour that begins then, by the agent's clock. */
public record DeviceHour(Instant hour, DeviceCounts counts) {}
