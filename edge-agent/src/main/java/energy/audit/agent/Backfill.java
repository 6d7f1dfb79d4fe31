package energy.audit.agent;

import com.google.protobuf.ByteString;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.BufferFull;
import energy.audit.agent.poll.Stamper;
import energy.audit.agent.poll.Stamper.Row;
import energy.audit.evidence.wire.Batch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Imports the memory of a data logger: one batch a UTC day, signed by an agent of its own, sent like any batch. It is
 * resumable, because the newest covered instant lies in the segment log: rows up to it are skipped. Flow control by receipts:
 * no day is sealed while a window of batches waits, so each batch can name a fresh log head, and live data is not delayed.
 */
final class Backfill {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final int MOST_CELLS = 60_000;
    private static final long NAP_MS = 20;
    private static final long PROGRESS_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final RunningAgent agent;
    private final Path readings;
    private final Optional<ByteString> mappingSha256;
    private final PrintStream out;
    private final boolean showProgress;
    private final CountDownLatch stop;
    private int totalDays;
    private int sealedDays;
    private int shownDone = -1;
    private long shownAtNanos;

    /** @param stop released when the import is to end early, in a state from which it can go on */
    Backfill(
            RunningAgent agent,
            Path readings,
            Optional<ByteString> mappingSha256,
            PrintStream out,
            boolean showProgress,
            CountDownLatch stop) {
        this.agent = agent;
        this.readings = readings;
        this.mappingSha256 = mappingSha256;
        this.out = out;
        this.showProgress = showProgress;
        this.stop = stop;
    }

    /** @return true if every row is receipted; false if it was stopped or something was quarantined */
    boolean run() throws IOException, BufferFull, InterruptedException {
        countDays();
        show(true);
        if (!sealAll() || !untilWaitingBelow(1)) {
            return false;
        }
        show(true);
        agent.journal().service().info(LogCode.BACKFILL_PROGRESS, "done=" + totalDays + " total=" + totalDays);
        return agent.forwarder().counts().quarantined() == 0;
    }

    private void countDays() throws IOException {
        try (HistoryTable table = new HistoryTable(readings)) {
            long lastDay = Long.MIN_VALUE;
            for (Optional<Row> row = table.next(); row.isPresent(); row = table.next()) {
                long day = Math.floorDiv(row.get().atMs(), DAY_MS);
                if (day != lastDay) {
                    totalDays++;
                    sealedDays += row.get().atMs() <= agent.log().coveredUntilMs() ? 1 : 0;
                    lastDay = day;
                }
            }
        }
    }

    private boolean sealAll() throws IOException, BufferFull, InterruptedException {
        try (HistoryTable table = new HistoryTable(readings)) {
            List<Row> day = new ArrayList<>();
            for (Optional<Row> row = table.next(); row.isPresent(); row = table.next()) {
                if (row.get().atMs() <= agent.log().coveredUntilMs()) {
                    continue;
                }
                boolean newDay = !day.isEmpty()
                        && Math.floorDiv(day.get(0).atMs(), DAY_MS)
                                != Math.floorDiv(row.get().atMs(), DAY_MS);
                boolean large = (long) day.size() * table.channels().size() >= MOST_CELLS;
                if (newDay || large) {
                    if (!seal(table.channels(), day)) {
                        return false;
                    }
                    sealedDays += newDay ? 1 : 0;
                    day.clear();
                }
                day.add(row.get());
            }
            boolean sealed = day.isEmpty() || seal(table.channels(), day);
            sealedDays = sealed ? totalDays : sealedDays;
            return sealed;
        }
    }

    private boolean seal(List<String> channels, List<Row> rows) throws IOException, BufferFull, InterruptedException {
        if (!untilWaitingBelow(agent.settings().backfillWindow())) {
            return false;
        }
        Batch.Builder batch = Batch.newBuilder().setClock(agent.clockState().get());
        mappingSha256.ifPresent(batch::setMappingSha256);
        Stamper.write(channels, rows, batch);
        agent.sealing().keep(batch, rows.get(rows.size() - 1).atMs(), List.of(), false);
        agent.forwarder().wake();
        return true;
    }

    private boolean untilWaitingBelow(int limit) throws InterruptedException {
        while (agent.log().waitingBatches() >= limit) {
            show(false);
            if (agent.cloned()) {
                return false; // nothing is receipted any more; the journal says why
            }
            if (stop.await(NAP_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return stop.getCount() > 0;
    }

    private void show(boolean always) {
        int done = Math.max(0, sealedDays - agent.log().waitingBatches());
        agent.backfillIs(done, totalDays);
        boolean due = always || System.nanoTime() - shownAtNanos > PROGRESS_EVERY_NANOS;
        if (showProgress && due && done != shownDone) {
            out.println("backfill " + agent.settings().site() + " " + done + "/" + totalDays + " days");
            out.flush();
            shownDone = done;
            shownAtNanos = System.nanoTime();
        }
    }
}
