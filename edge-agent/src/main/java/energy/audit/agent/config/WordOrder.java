package energy.audit.agent.config;

import java.util.Locale;

/**
 * How a value of several 16-bit registers lies on the wire. A, B, C, D are its bytes from the most significant on.
 * 64-bit values follow the same rule over four registers.
 */
public enum WordOrder {
    /** ABCD: most significant register first, as the Modbus specification sends bytes. */
    BIG("big", false, false),
    /** CDAB: least significant register first. */
    LITTLE("little", true, false),
    /** BADC: most significant register first, bytes swapped in each. */
    BIG_BYTE_SWAPPED("BADC", false, true),
    /** DCBA: least significant register first, bytes swapped in each. */
    LITTLE_BYTE_SWAPPED("DCBA", true, true);

    private final String word;
    private final boolean lowWordFirst;
    private final boolean bytesSwapped;

    WordOrder(String word, boolean lowWordFirst, boolean bytesSwapped) {
        this.word = word;
        this.lowWordFirst = lowWordFirst;
        this.bytesSwapped = bytesSwapped;
    }

    /** How {@code modbus.yaml} says it. */
    public String word() {
        return word;
    }

    /**
     * @param words registers as read, each 0..65535, 1 to 4 of them
     * @return their bits, the value's least significant bit at position 0, unused high bits 0
     */
    public long bits(int... words) {
        long bits = 0;
        for (int i = 0; i < words.length; i++) {
            int word = words[lowWordFirst ? words.length - 1 - i : i] & 0xFFFF;
            bits = bits << 16 | (bytesSwapped ? (word & 0xFF) << 8 | word >>> 8 : word);
        }
        return bits;
    }

    /** @throws IllegalArgumentException for a name that is none of big, little, ABCD, CDAB, BADC, DCBA */
    public static WordOrder named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "BIG", "ABCD", "ABCDEFGH" -> BIG;
            case "LITTLE", "CDAB" -> LITTLE;
            case "BADC" -> BIG_BYTE_SWAPPED;
            case "DCBA" -> LITTLE_BYTE_SWAPPED;
            default ->
                throw new IllegalArgumentException("\"" + name
                        + "\" is no word order; use big (ABCD), little (CDAB), or with swapped bytes BADC, DCBA");
        };
    }
}
