/**
 * Readings that others measured and passed on: uplinks of LoRaWAN and Zigbee networks, taken from the MQTT broker of their
 * server, and kept, sealed and sent like polled ones. The broker is told that a message arrived only when it is on the disk.
 */
@NullMarked
package energy.audit.agent.gateway;

import org.jspecify.annotations.NullMarked;
