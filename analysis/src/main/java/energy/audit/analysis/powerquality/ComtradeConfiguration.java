package energy.audit.analysis.powerquality;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The .cfg part of a COMTRADE record, revisions 1991, 1999 and 2013.
 *
 * @param digitalCount digital channels, which follow the analog ones in each sample
 * @param frequency of the line, Hz
 * @param start time of the first sample, on the recorder's clock
 * @param format ASCII, BINARY, BINARY32 or FLOAT32
 * @param timeMultiplier microseconds of one count of the data's time stamps
 * @see "IEEE C37.111-1999 and IEC 60255-24:2013"
 */
public record ComtradeConfiguration(
        String station,
        int revision,
        List<Analog> analogs,
        int digitalCount,
        double frequency,
        List<Rate> rates,
        LocalDateTime start,
        String format,
        double timeMultiplier) {
    /** An analog channel: value = scale × raw + offset, in its unit. */
    public record Analog(String name, String phase, String unit, double scale, double offset) {}

    /** So many samples a second, up to and with that sample; 0 samples a second: each sample has its time stamp. */
    public record Rate(double samplesPerSecond, long lastSample) {}

    public ComtradeConfiguration {
        analogs = List.copyOf(analogs);
        rates = List.copyOf(rates);
    }

    public static ComtradeConfiguration parse(String text) throws UnreadableRecord {
        return new Parser(text.replace("\ufeff", "").lines().toList()).parse();
    }

    private static final class Parser {
        private final List<String> lines;
        private int next;

        Parser(List<String> lines) {
            this.lines = lines;
        }

        ComtradeConfiguration parse() throws UnreadableRecord {
            String[] head = cells(2);
            int revision = head.length > 2 ? whole(head, 2) : 1991;
            String[] counts = cells(3);
            int analogCount = count(counts, 1, 'A');
            int digitalCount = count(counts, 2, 'D');
            List<Analog> analogs = new ArrayList<>();
            for (int i = 0; i < analogCount; i++) {
                String[] c = cells(7);
                analogs.add(new Analog(c[1], c[2], c[4], number(c, 5), number(c, 6)));
            }
            for (int i = 0; i < digitalCount; i++) {
                cells(2);
            }
            double frequency = number(cells(1), 0);
            int rateCount = whole(cells(1), 0);
            List<Rate> rates = new ArrayList<>();
            for (int i = 0; i < Math.max(1, rateCount); i++) {
                String[] c = cells(2);
                rates.add(new Rate(number(c, 0), whole(c, 1)));
            }
            LocalDateTime start = time(cells(2), revision);
            cells(2);
            String format = cells(1)[0].toUpperCase(java.util.Locale.ROOT);
            double multiplier = next < lines.size() && !lines.get(next).isBlank() ? number(cells(1), 0) : 1;
            return new ComtradeConfiguration(
                    head[0], revision, analogs, digitalCount, frequency, rates, start, format, multiplier);
        }

        private String[] cells(int least) throws UnreadableRecord {
            if (next >= lines.size()) {
                throw wrong("the file ends here, " + least + " more values are expected");
            }
            String[] cells = lines.get(next++).split(",", -1);
            if (cells.length < least) {
                throw wrong(cells.length + " values, " + least + " or more are expected");
            }
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells[i].trim();
            }
            return cells;
        }

        private int count(String[] cells, int index, char kind) throws UnreadableRecord {
            String cell = cells[index];
            if (cell.isEmpty() || Character.toUpperCase(cell.charAt(cell.length() - 1)) != kind) {
                throw wrong("'" + cell + "' is no number of channels like 4" + kind);
            }
            return whole(new String[] {cell.substring(0, cell.length() - 1)}, 0);
        }

        private int whole(String[] cells, int index) throws UnreadableRecord {
            try {
                return Integer.parseInt(cells[index]);
            } catch (NumberFormatException e) {
                throw wrong("'" + cells[index] + "' is no whole number");
            }
        }

        private double number(String[] cells, int index) throws UnreadableRecord {
            try {
                return Double.parseDouble(cells[index]);
            } catch (NumberFormatException e) {
                throw wrong("'" + cells[index] + "' is no number");
            }
        }

        /** 1991 writes mm/dd/yy, later revisions dd/mm/yyyy. */
        private LocalDateTime time(String[] cells, int revision) throws UnreadableRecord {
            String[] date = cells[0].split("/");
            try {
                int first = Integer.parseInt(date[0]);
                int second = Integer.parseInt(date[1]);
                int year = Integer.parseInt(date[2]);
                boolean monthFirst = revision < 1999;
                LocalDate day = LocalDate.of(
                        year < 100 ? (year < 70 ? 2000 : 1900) + year : year,
                        monthFirst ? first : second,
                        monthFirst ? second : first);
                return day.atTime(LocalTime.parse(cells[1].length() == 7 ? "0" + cells[1] : cells[1]));
            } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw wrong("'" + String.join(",", cells) + "' is no date and time");
            }
        }

        private UnreadableRecord wrong(String what) {
            return new UnreadableRecord("COMTRADE configuration, line " + next, what);
        }
    }
}
