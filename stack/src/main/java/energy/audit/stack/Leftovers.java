package energy.audit.stack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Programs of a stack whose supervisor is gone. */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Leftovers() {}

    /** Ends them, the last started first; returns how many there were. */
    static int end(Layout layout, Progress progress) {
        List<PidRecord> left = PidRecord.running(layout);
        for (PidRecord record : left) {
            progress.say("Ending " + record.name() + " (process " + record.pid() + "), left over from before");
            ProcessHandle.of(record.pid()).ifPresent(process -> {
                Signals.send(record.pid(), record.ending());
                try {
                    process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException | ExecutionException e) {
                    process.destroyForcibly();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    process.destroyForcibly();
                }
            });
            record.delete();
        }
        return left.size();
    }
}
