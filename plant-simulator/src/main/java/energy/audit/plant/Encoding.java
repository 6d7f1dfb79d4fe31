package energy.audit.plant;

/** How a count lies in 16-bit registers. */
enum Encoding {
    INT16(1, Short.MIN_VALUE, Short.MAX_VALUE),
    UINT16(1, 0, 0xffff),
    INT32(2, Integer.MIN_VALUE, Integer.MAX_VALUE),
    UINT32(2, 0, 0xffff_ffffL),
    FLOAT32(2, 0, 0xffff_ffffL);

    private final int words;
    private final long least;
    private final long most;

    Encoding(int words, long least, long most) {
        this.words = words;
        this.least = least;
        this.most = most;
    }

    int words() {
        return words;
    }

    /** The count that shows a value: rounded and kept in range, or for float32 the raw IEEE 754 bits, 0 to 2^32 - 1. */
    long countOf(double scaled) {
        if (this == FLOAT32) {
            return Integer.toUnsignedLong(Float.floatToIntBits((float) scaled));
        }
        return Math.min(most, Math.max(least, Math.round(scaled)));
    }

    /** The register at that position, 0 first, of a count in big or little word order. */
    int word(long count, int position, WordOrder order) {
        int fromRight = order == WordOrder.BIG ? words - 1 - position : position;
        return (int) (count >>> (16 * fromRight)) & 0xffff;
    }

    String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Which of two registers holds the higher half. */
    enum WordOrder {
        BIG,
        LITTLE
    }
}
