package energy.audit.stack;

import java.util.List;

/** Signals to processes by number. */
final class Signals {
    private Signals() {}

    /** Sends the signal; a process that is already gone is no error. */
    static void send(long pid, Child.Ending ending) {
        if (ending == Child.Ending.TERM) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        } else {
            // kill is a word of every shell, while the program of that name is not on every machine
            Tools.succeeds(List.of("/bin/sh", "-c", "kill -s " + ending.name() + " " + pid));
        }
    }
}
