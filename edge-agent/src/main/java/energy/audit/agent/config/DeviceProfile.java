package energy.audit.agent.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The register map of one model of device, under a name.
 *
 * @param source where the map is published
 * @param baseAddress added to every address unless {@code modbus.yaml} says otherwise; 0 for all but SunSpec models
 */
public record DeviceProfile(String name, String title, String source, int baseAddress, List<Value> values) {

    /**
     * One quantity that the device measures.
     *
     * @param register its channel is the bare quantity, its addresses are without the base
     * @param multiplier value in the unit = count × multiplier
     */
    public record Value(String quantity, Register register, String unit, BigDecimal multiplier) {}

    public DeviceProfile {
        values = List.copyOf(values);
    }

    /** The value of a quantity, if the device has it. */
    public Optional<Value> value(String quantity) {
        return values.stream().filter(v -> v.quantity().equals(quantity)).findFirst();
    }

    /**
     * The registers to read for a meter.
     *
     * @param meter {@code site.meter}: the beginning of its channels
     * @param quantities those to read; empty: all
     * @throws IllegalArgumentException for a quantity that the device does not have
     */
    public List<Register> registers(String meter, int base, List<String> quantities) {
        List<String> wanted =
                quantities.isEmpty() ? values.stream().map(Value::quantity).toList() : quantities;
        List<Register> registers = new ArrayList<>();
        for (String quantity : wanted) {
            Register template = value(quantity)
                    .orElseThrow(() -> new IllegalArgumentException("profile " + name + " has no " + quantity
                            + "; it has "
                            + String.join(
                                    ", ", values.stream().map(Value::quantity).toList())))
                    .register();
            registers.add(new Register(
                    meter + "." + quantity,
                    template.area(),
                    base + template.address(),
                    template.type(),
                    template.wordOrder(),
                    template.notImplemented(),
                    template.bits(),
                    template.fixedPoint().map(point -> moved(point, base))));
        }
        return registers;
    }

    private static FixedPoint moved(FixedPoint point, int base) {
        return point.factorRegister().isEmpty()
                ? point
                : new FixedPoint(
                        java.util.OptionalInt.of(base + point.factorRegister().getAsInt()), point.exponent());
    }
}
