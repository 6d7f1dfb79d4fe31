package energy.audit.fleet;

/**
 * Requests to a device.
 *
 * @param reads answered with values
 * @param failures all others; timeouts, CRC errors, refusals and missing connections are among them
 */
public record DeviceCounts(long reads, long failures, long timeouts, long crcErrors, long refusals, long noConnection) {
    static final DeviceCounts NONE = new DeviceCounts(0, 0, 0, 0, 0, 0);

    /** Share of requests that failed, 0..1; 0 when there was none. */
    public double errorRate() {
        return reads + failures == 0 ? 0 : (double) failures / (reads + failures);
    }

    /** What came since the earlier counts of the same start. */
    DeviceCounts since(DeviceCounts earlier) {
        return new DeviceCounts(
                Math.max(0, reads - earlier.reads),
                Math.max(0, failures - earlier.failures),
                Math.max(0, timeouts - earlier.timeouts),
                Math.max(0, crcErrors - earlier.crcErrors),
                Math.max(0, refusals - earlier.refusals),
                Math.max(0, noConnection - earlier.noConnection));
    }
}
