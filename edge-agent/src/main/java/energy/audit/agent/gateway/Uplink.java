package energy.audit.agent.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One message of a sensor.
 *
 * @param address who sent it: device EUI in lower case, or the friendly name
 * @param key the same for every copy of the message; empty where the network gives none
 * @param at when it was measured or received by radio; empty where the network does not say
 * @param payload the decoded values
 */
record Uplink(String address, Optional<String> key, Optional<Instant> at, JsonNode payload) {}
