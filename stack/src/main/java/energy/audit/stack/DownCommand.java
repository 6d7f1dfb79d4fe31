package energy.audit.stack;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code down}: stops everything in reverse order; the data stays. */
@Command(
        name = "down",
        description = "Stops the stack of this data folder; its data stays.",
        footer = {"", "Example: ./energy-audit down"})
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataOption where = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        Layout layout = where.layout();
        Progress progress = new Progress(System.out);
        Optional<ProcessHandle> supervisor = StackState.supervisor(layout);
        if (supervisor.isPresent()) {
            ProcessHandle process = supervisor.get();
            progress.say("Stopping the stack in " + layout.data());
            process.destroy();
            try {
                process.onExit().get(RunningStack.longestStop().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                progress.say("The supervisor (process " + process.pid() + ") does not end; it is ended by force");
                process.destroyForcibly();
            }
        }
        int left = Leftovers.end(layout, progress);
        if (supervisor.isEmpty() && left == 0) {
            progress.say("No stack runs in " + layout.data());
        } else {
            progress.say("Stopped. The data stays in " + layout.data());
        }
        return 0;
    }
}
