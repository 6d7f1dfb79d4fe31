package energy.audit.analysis.powerquality;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A COMTRADE record in memory: analog channels in their units, and the seconds of each sample after the first. */
public final class ComtradeRecord {
    private static final int HEAD_BYTES = 8;
    private static final int DIGITALS_PER_WORD = 16;

    private final ComtradeConfiguration configuration;
    private final double[] seconds;
    private final double[][] values;

    private ComtradeRecord(ComtradeConfiguration configuration, double[] seconds, double[][] values) {
        this.configuration = configuration;
        this.seconds = seconds;
        this.values = values;
    }

    /** @param data the bytes of the .dat part */
    public static ComtradeRecord of(ComtradeConfiguration configuration, byte[] data) throws UnreadableRecord {
        List<double[]> raw =
                "ASCII".equals(configuration.format()) ? ascii(configuration, data) : binary(configuration, data);
        if (raw.isEmpty()) {
            throw new UnreadableRecord("COMTRADE data", "there is no sample");
        }
        int channels = configuration.analogs().size();
        double[] seconds = new double[raw.size()];
        double[][] values = new double[channels][raw.size()];
        for (int i = 0; i < raw.size(); i++) {
            double[] sample = raw.get(i);
            seconds[i] = time(configuration, i, sample[0] - raw.get(0)[0]);
            for (int c = 0; c < channels; c++) {
                ComtradeConfiguration.Analog analog = configuration.analogs().get(c);
                values[c][i] = analog.scale() * sample[c + 1] + analog.offset();
            }
        }
        return new ComtradeRecord(configuration, seconds, values);
    }

    /** By the sampling rates; where there are none, by the time stamps. */
    private static double time(ComtradeConfiguration configuration, int index, double stamp) {
        double seconds = 0;
        long done = 0;
        for (ComtradeConfiguration.Rate rate : configuration.rates()) {
            if (!(rate.samplesPerSecond() > 0)) {
                return stamp * configuration.timeMultiplier() / 1e6;
            }
            long here = Math.min(index, rate.lastSample()) - done;
            if (here > 0) {
                seconds += here / rate.samplesPerSecond();
                done += here;
            }
        }
        return seconds;
    }

    private static List<double[]> ascii(ComtradeConfiguration configuration, byte[] data) throws UnreadableRecord {
        List<double[]> samples = new ArrayList<>();
        int channels = configuration.analogs().size();
        int line = 0;
        for (String text : new String(data, StandardCharsets.US_ASCII).lines().toList()) {
            line++;
            if (text.isBlank() || text.charAt(0) == 0x1a) {
                continue;
            }
            String[] cells = text.split(",", -1);
            if (cells.length < channels + 2) {
                throw new UnreadableRecord(
                        "COMTRADE data, line " + line,
                        cells.length + " values, " + (channels + 2) + " or more are expected");
            }
            double[] sample = new double[channels + 1];
            for (int c = 0; c <= channels; c++) {
                String cell = cells[c + 1].trim();
                try {
                    sample[c] = cell.isEmpty() ? 0 : Double.parseDouble(cell);
                } catch (NumberFormatException e) {
                    throw new UnreadableRecord(
                            "COMTRADE data, line " + line + ", value " + (c + 2), "'" + cell + "' is no number");
                }
            }
            samples.add(sample);
        }
        return samples;
    }

    private static List<double[]> binary(ComtradeConfiguration configuration, byte[] data) throws UnreadableRecord {
        int width = width(configuration.format());
        int channels = configuration.analogs().size();
        int words = (configuration.digitalCount() + DIGITALS_PER_WORD - 1) / DIGITALS_PER_WORD;
        int size = HEAD_BYTES + channels * width + words * 2;
        if (data.length % size != 0) {
            throw new UnreadableRecord(
                    "COMTRADE data", data.length + " bytes are not a whole number of samples of " + size + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        List<double[]> samples = new ArrayList<>();
        for (int at = 0; at < data.length; at += size) {
            double[] sample = new double[channels + 1];
            sample[0] = Integer.toUnsignedLong(buffer.getInt(at + 4));
            for (int c = 0; c < channels; c++) {
                int place = at + HEAD_BYTES + c * width;
                if (width == 2) {
                    sample[c + 1] = buffer.getShort(place);
                } else {
                    sample[c + 1] =
                            "FLOAT32".equals(configuration.format()) ? buffer.getFloat(place) : buffer.getInt(place);
                }
            }
            samples.add(sample);
        }
        return samples;
    }

    private static int width(String format) throws UnreadableRecord {
        if ("BINARY".equals(format)) {
            return 2;
        }
        if ("BINARY32".equals(format) || "FLOAT32".equals(format)) {
            return 4;
        }
        throw new UnreadableRecord(
                "COMTRADE configuration", "'" + format + "' is not ASCII, BINARY, BINARY32 or FLOAT32");
    }

    public ComtradeConfiguration configuration() {
        return configuration;
    }

    /** Of each sample, from the first. */
    public double[] seconds() {
        return seconds.clone();
    }

    /** Values of an analog channel in its unit, 0 for the first channel. */
    public double[] analog(int channel) {
        return values[channel].clone();
    }

    /**
     * Half-cycle RMS of every voltage channel, in volts. The record must have one sampling rate.
     *
     * @throws UnreadableRecord where the rate changes or is unknown, or is too low for cycles
     */
    public List<RmsSeries> voltages() throws UnreadableRecord {
        List<RmsSeries> voltages = new ArrayList<>();
        for (int c = 0; c < values.length; c++) {
            ComtradeConfiguration.Analog analog = configuration.analogs().get(c);
            double volts = volts(analog.unit());
            if (volts > 0) {
                double[] samples = values[c].clone();
                for (int i = 0; i < samples.length; i++) {
                    samples[i] *= volts;
                }
                voltages.add(RmsSeries.ofWaveform(analog.name(), samples, rate(), configuration.frequency(), 0));
            }
        }
        return voltages;
    }

    private double rate() throws UnreadableRecord {
        List<ComtradeConfiguration.Rate> rates = configuration.rates();
        double rate = rates.get(0).samplesPerSecond();
        if (rates.stream().anyMatch(r -> r.samplesPerSecond() != rate) || rate / configuration.frequency() < 4) {
            throw new UnreadableRecord(
                    "COMTRADE configuration",
                    "RMS over cycles needs one sampling rate of four samples a cycle or more; it has " + rates);
        }
        return rate;
    }

    /** Volts in one unit; 0 for what is no voltage. */
    private static double volts(String unit) {
        if ("V".equalsIgnoreCase(unit)) {
            return 1;
        }
        if ("kV".equalsIgnoreCase(unit)) {
            return 1000;
        }
        return "mV".equals(unit) ? 0.001 : 0;
    }
}
