package energy.audit.analysis.powerquality;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds voltage events of a phase in a series of RMS values.
 *
 * @param sag a fall begins below this share of nominal
 * @param swell a rise begins above this share of nominal
 * @param hysteresis an event ends only when the voltage is back by this share more
 * @see "IEC 61000-4-30, detection of dips and swells"
 */
public record VoltageEvents(double sag, double swell, double hysteresis) {
    /** 90 %, 110 %, 2 %. */
    public static final VoltageEvents USUAL = new VoltageEvents(0.9, 1.1, 0.02);

    private static final double SAME = 1e-9;

    /**
     * @param nominal volts
     * @param frequency nominal, Hz
     * @return in order of time; events that RMS values can tell nothing of are left out
     */
    public List<VoltageEvent> in(RmsSeries series, double nominal, double frequency) {
        double[] seconds = series.seconds();
        double[] volts = series.volts();
        List<VoltageEvent> events = new ArrayList<>();
        int i = 0;
        while (i < volts.length) {
            double share = volts[i] / nominal;
            boolean falling = share < sag - SAME;
            if (!falling && !(share > swell + SAME)) {
                i++;
                continue;
            }
            int from = i;
            double extreme = share;
            while (i < volts.length && !back(volts[i] / nominal, falling)) {
                double now = volts[i] / nominal;
                extreme = falling ? Math.min(extreme, now) : Math.max(extreme, now);
                i++;
            }
            boolean ended = i < volts.length;
            double duration = seconds[Math.min(i, volts.length - 1)] - seconds[from];
            VoltageCategory category = VoltageCategory.of(extreme, duration, frequency);
            if (category != VoltageCategory.NONE && category != VoltageCategory.NOT_RMS_EVENT) {
                events.add(new VoltageEvent(series.phase(), category, seconds[from], duration, extreme, ended));
            }
        }
        return events;
    }

    private boolean back(double share, boolean falling) {
        return falling ? share >= sag + hysteresis - SAME : share <= swell - hysteresis + SAME;
    }
}
