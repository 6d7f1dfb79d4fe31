package energy.audit.agent.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some bits of a whole-number register, as a count of their own.
 *
 * @param lowest position of the least significant of them, 0 is the register value's least significant bit
 * @param width 1 to 63
 */
public record BitField(int lowest, int width) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,2})(?:\\.\\.(\\d{1,2}))?");

    public BitField {
        if (lowest < 0 || width < 1 || width > 63 || lowest + width > 64) {
            throw new IllegalArgumentException("bits " + lowest + ".." + (lowest + width - 1) + " are outside 0..63");
        }
    }

    /** The field's value in a register's raw count; never negative. */
    public long of(long count) {
        return count >>> lowest & (1L << width) - 1;
    }

    /** @param text {@code 3} for one bit, {@code 4..7} for a field */
    public static BitField parse(String text) {
        Matcher m = TEXT.matcher(text.trim());
        if (!m.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" names no bits; use e.g. 3 or 4..7");
        }
        int lowest = Integer.parseInt(m.group(1));
        int highest = m.group(2) == null ? lowest : Integer.parseInt(m.group(2));
        return new BitField(lowest, highest - lowest + 1);
    }
}
