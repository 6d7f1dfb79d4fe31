package energy.audit.stack;

import java.util.List;

/** One thing that has to happen while the stack comes up. */
interface Step {
    /** Short name, such as {@code migrations}. */
    String name();

    /** Names of the steps that must be through before. */
    List<String> after();

    /** Does it, and returns when others may rely on it. */
    void start() throws InterruptedException;

    /** What the progress line says when it is through. */
    String ready();
}
