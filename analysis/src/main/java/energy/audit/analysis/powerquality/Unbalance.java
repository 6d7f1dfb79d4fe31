package energy.audit.analysis.powerquality;

/** Unbalance of three line-to-line voltages, in percent; the two definitions differ and are never mixed. */
public final class Unbalance {
    private Unbalance() {}

    /** |U2|/|U1| from the three magnitudes; 0 when equal. */
    public static double ofSequences(double u12, double u23, double u31) {
        double squares = u12 * u12 + u23 * u23 + u31 * u31;
        double fourths = Math.pow(u12, 4) + Math.pow(u23, 4) + Math.pow(u31, 4);
        double beta = fourths / (squares * squares);
        double root = Math.sqrt(Math.max(0, 3 - 6 * beta));
        return 100 * Math.sqrt(Math.max(0, 1 - root) / (1 + root));
    }

    /** NEMA MG 1: the largest deviation from the mean over the mean. */
    public static double ofDeviation(double u12, double u23, double u31) {
        double mean = (u12 + u23 + u31) / 3;
        double largest = Math.max(Math.abs(u12 - mean), Math.max(Math.abs(u23 - mean), Math.abs(u31 - mean)));
        return 100 * largest / mean;
    }
}
