package energy.audit.plant;

import java.util.List;

/**
 * A device on the bus: meter, sensor or output counter.
 *
 * @param unit Modbus unit id
 * @param energySource electricity, gas, water or none
 * @param parent id of the meter above it, empty at the boundary of the site
 */
record Meter(
        int unit,
        String id,
        String name,
        String energySource,
        String parent,
        String serial,
        String make,
        List<Channel> channels) {
    Meter {
        channels = List.copyOf(channels);
    }

    boolean isMain() {
        return parent.isEmpty() && energySource.equals("electricity");
    }
}
