package energy.audit.agent.config;

import java.util.Optional;
import java.util.OptionalInt;

/** The keys of one register, the same in {@code modbus.yaml} and in a device profile. */
final class RegisterYaml {
    private RegisterYaml() {}

    /**
     * @param base added to every address
     * @throws ConfigurationRefused with the place in the file
     */
    static Register register(YamlMap map, String channel, int base) {
        Register register = keys(map, channel, base);
        map.nothingElse();
        return register;
    }

    /** As {@link #register}, for an entry that has keys of its own besides. */
    static Register keys(YamlMap map, String channel, int base) {
        Area area = map.parse("area", map.text("area", "holding"), Area::named);
        RegisterType type = map.parse("type", map.text("type", "uint16"), RegisterType::named);
        Optional<BitField> bits =
                map.has("bits") ? Optional.of(map.parse("bits", map.text("bits"), BitField::parse)) : Optional.empty();
        OptionalInt factor =
                map.has("scale-register") ? OptionalInt.of(base + map.whole("scale-register")) : OptionalInt.empty();
        Optional<FixedPoint> fixedPoint = map.has("scale-to") || factor.isPresent()
                ? Optional.of(map.parse(
                        "scale-to", map.text("scale-to"), text -> new FixedPoint(factor, Integer.parseInt(text))))
                : Optional.empty();
        return map.parse(
                "address",
                map.text("address"),
                address -> new Register(
                        channel,
                        area,
                        base + Integer.decode(address),
                        type,
                        map.parse("word-order", map.text("word-order", "big"), WordOrder::named),
                        map.parse("not-implemented", map.text("not-implemented", "none"), type::notImplemented),
                        bits,
                        fixedPoint));
    }
}
