package energy.audit.analysis.powerquality;

/**
 * RMS voltage of one phase, best each half cycle.
 *
 * @param phase its name
 * @param seconds time of each value, ascending, from any zero
 * @param volts same unit as the nominal voltage
 */
@SuppressWarnings("ArrayRecordComponent")
public record RmsSeries(String phase, double[] seconds, double[] volts) {
    public RmsSeries {
        seconds = seconds.clone();
        volts = volts.clone();
        if (seconds.length != volts.length) {
            throw new IllegalArgumentException(seconds.length + " times and " + volts.length + " voltages");
        }
        for (int i = 1; i < seconds.length; i++) {
            if (!(seconds[i] > seconds[i - 1])) {
                throw new IllegalArgumentException(
                        "value " + (i + 1) + " of " + phase + " is not after the one before");
            }
        }
    }

    /**
     * RMS over one cycle, refreshed each half cycle, from samples at a steady rate; its time is the start of the cycle.
     *
     * @param samples instantaneous voltage
     * @param samplesPerSecond rate, at least four samples a cycle
     * @param frequency nominal, Hz
     * @param start seconds of the first sample
     * @see "IEC 61000-4-30, U_rms(1/2)"
     */
    public static RmsSeries ofWaveform(
            String phase, double[] samples, double samplesPerSecond, double frequency, double start) {
        double perHalf = samplesPerSecond / frequency / 2;
        if (perHalf < 2) {
            throw new IllegalArgumentException(
                    samplesPerSecond + " samples a second are too few for cycles of " + frequency + " Hz");
        }
        int window = (int) Math.round(2 * perHalf);
        int count = samples.length < window ? 0 : (int) Math.floor((samples.length - window) / perHalf + 1e-9) + 1;
        double[] seconds = new double[count];
        double[] volts = new double[count];
        for (int i = 0; i < count; i++) {
            int from = (int) Math.min(samples.length - window, Math.round(i * perHalf));
            double squares = 0;
            for (int j = from; j < from + window; j++) {
                squares += samples[j] * samples[j];
            }
            seconds[i] = start + from / samplesPerSecond;
            volts[i] = Math.sqrt(squares / window);
        }
        return new RmsSeries(phase, seconds, volts);
    }

    @Override
    public double[] seconds() {
        return seconds.clone();
    }

    @Override
    public double[] volts() {
        return volts.clone();
    }
}
