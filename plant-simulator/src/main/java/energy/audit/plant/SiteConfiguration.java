package energy.audit.plant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The paper that comes with the meters: register map for the agent, its device mapping, and the metering configuration. */
final class SiteConfiguration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SiteModel.Identity site;
    private final List<Meter> meters;
    private final Instant anchor;

    SiteConfiguration(SiteModel.Identity site, List<Meter> meters, Instant anchor) {
        this.site = site;
        this.meters = meters;
        this.anchor = anchor;
    }

    /** Writes what is missing; the address of the bus is brought up to date, what people may have edited is left alone. */
    void write(Path folder, String host, int port, boolean addressChanged) throws IOException {
        Path modbus = folder.resolve("modbus.yaml");
        if (addressChanged || !Files.exists(modbus)) {
            PlantFiles.replace(modbus, modbusYaml(host, port), "rw-------");
        }
        Path mapping = folder.resolve("device_mapping.json");
        if (!Files.exists(mapping)) {
            PlantFiles.replace(mapping, deviceMapping());
        }
        Path metering = folder.resolve("metering.json");
        if (!Files.exists(metering)) {
            PlantFiles.replace(metering, metering());
        }
    }

    String modbusYaml(String host, int port) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# Buses, devices and registers of ").append(site.id()).append(". Addresses are 0-based (PDU).\n");
        yaml.append("version: 1\n");
        yaml.append("tenant: ").append(site.tenant()).append('\n');
        yaml.append("site: ").append(site.id()).append('\n');
        yaml.append("polling-interval: 10s\n");
        yaml.append("request-timeout: 1s\n");
        yaml.append("buses:\n");
        yaml.append("  - id: plant\n");
        yaml.append("    transport: tcp\n");
        yaml.append("    host: ").append(host).append('\n');
        yaml.append("    port: ").append(port).append('\n');
        yaml.append("    devices:\n");
        for (Meter meter : meters) {
            yaml.append("      - id: ").append(meter.id());
            yaml.append("  # ")
                    .append(meter.name())
                    .append(", ")
                    .append(meter.make())
                    .append('\n');
            yaml.append("        unit: ").append(meter.unit()).append('\n');
            yaml.append("        registers:\n");
            for (Channel c : meter.channels()) {
                yaml.append(String.format(
                        Locale.ROOT,
                        "          - {channel: %s, area: %s, address: %d, type: %s, word-order: %s}%n",
                        c.id(),
                        c.area().name().toLowerCase(Locale.ROOT),
                        c.address(),
                        c.encoding().wireName(),
                        c.wordOrder().name().toLowerCase(Locale.ROOT)));
            }
        }
        return yaml.toString();
    }

    String deviceMapping() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", 1);
        ArrayNode mappings = root.putArray("mappings");
        for (Meter meter : meters) {
            for (Channel c : meter.channels()) {
                ObjectNode m = mappings.addObject();
                m.put("sensor_id", c.id());
                m.put("multiplier", c.multiplier().toPlainString());
                m.put("offset", c.offset().toPlainString());
                m.put("unit", c.unit());
                m.put("valid_from", anchor.toString());
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** In the shape of the message MeteringConfiguration; what does not apply to a channel is left out. */
    String metering() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("tenant", site.tenant());
        root.put("site", site.id());
        root.put("siteName", site.name());
        root.put("zone", site.zone().getId());
        root.put("floorAreaM2", Integer.toString(site.floorAreaSquareMetres()));
        root.put("effectiveFrom", anchor.toString());
        ArrayNode list = root.putArray("meters");
        for (Meter meter : meters) {
            ObjectNode m = list.addObject();
            m.put("id", meter.id());
            m.put("name", meter.name());
            m.put("energySource", meter.energySource());
            m.put("parent", meter.parent());
            m.put("serial", meter.serial());
            ArrayNode channels = m.putArray("channels");
            for (Channel c : meter.channels()) {
                describe(channels.addObject(), c);
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void describe(ObjectNode node, Channel c) {
        node.put("id", c.id());
        node.put("quantity", c.quantity());
        node.put("unit", c.unit());
        node.put("kind", c.isCounter() ? "COUNTER" : "GAUGE");
        node.put("encoding", c.encoding().wireName());
        node.put("multiplier", c.multiplier().toPlainString());
        node.put("offset", c.offset().toPlainString());
        if (c.isCounter()) {
            node.put("modulus", Long.toString(c.modulus()));
            node.put("maxCountsPerHour", Long.toString(c.maxCountsPerHour()));
        }
        if (!c.energyKwhPerUnit().isEmpty()) {
            node.put("energyKwhPerUnit", c.energyKwhPerUnit());
        }
    }
}
