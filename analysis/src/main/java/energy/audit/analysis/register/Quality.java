package energy.audit.analysis.register;

/** How far an interval's consumption can be trusted; ordered from best to worst. */
public enum Quality {
    /** Both boundaries were read. */
    MEASURED,
    /** At least one boundary was interpolated between two readings. */
    ESTIMATED,
    /** A reset lies inside: what was consumed before it and not read is unknown; the figure is a lower bound. */
    PARTIAL,
    /** No figure: a boundary is too far from any reading, or the register contradicts itself inside. Never zero. */
    MISSING;

    /** The less trustworthy of the two. */
    public Quality worse(Quality other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
