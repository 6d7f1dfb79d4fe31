package energy.audit.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts the steps, each as soon as what it needs is through; watches the programs; stops them in reverse order. */
final class Supervisor {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Progress progress;
    private final StackState state;
    private final ExecutorService workers = Executors.newCachedThreadPool(Supervisor::daemon);
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(Supervisor::daemon);
    private final List<Part> started = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> restarting = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> deaths = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Supervisor(Progress progress, StackState state) {
        this.progress = progress;
        this.state = state;
    }

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(run, "stack");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs all steps; the list is in an order in which each comes after what it needs. Fails with the first failure. */
    void startAll(List<? extends Step> steps) {
        Map<String, CompletableFuture<Void>> done = new HashMap<>();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (Step step : steps) {
            note(step, StackState.Phase.WAITING);
        }
        for (Step step : steps) {
            List<CompletableFuture<Void>> needs = new ArrayList<>();
            for (String name : step.after()) {
                CompletableFuture<Void> need = done.get(name);
                if (need != null) {
                    needs.add(need);
                }
            }
            CompletableFuture<Void> run = CompletableFuture.allOf(needs.toArray(new CompletableFuture<?>[0]))
                    .thenRunAsync(() -> start(step), workers);
            run.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    failed.completeExceptionally(failure);
                }
            });
            done.put(step.name(), run);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(done.values().toArray(new CompletableFuture<?>[0]));
        try {
            CompletableFuture.anyOf(all, failed).get();
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof CompletionException c && c.getCause() != null ? c.getCause() : e.getCause();
            if (cause instanceof StackFailure failure) {
                throw failure;
            }
            throw new StackFailure("the stack", "cannot start", "See the cause: " + cause, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("the stack", "interrupted while starting", "Start again", e);
        }
    }

    private void start(Step step) {
        if (stopping) {
            throw new StackFailure(step.name(), "not started, because the stack is stopping", "Start again");
        }
        note(step, StackState.Phase.STARTING);
        if (step instanceof Part part) {
            started.add(part);
        }
        try {
            step.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure(step.name(), "interrupted while starting", "Start again", e);
        }
        note(step, StackState.Phase.RUNNING);
        progress.say(step.ready());
        if (step instanceof Part part) {
            watch(part);
        }
    }

    private void watch(Part part) {
        part.child().ifPresent(child -> child.onExit().thenRunAsync(() -> ended(part, child), workers));
    }

    private void ended(Part part, Child child) {
        if (stopping) {
            return;
        }
        if (part instanceof HistoryLogger logger && child.exitCode() == 0) {
            logger.noteComplete();
            child.stop(Duration.ZERO);
            note(part, StackState.Phase.DONE);
            progress.say(part.title() + " is complete");
            logger.followUp().ifPresent(progress::say);
            return;
        }
        note(part, StackState.Phase.DIED);
        String end = part.title() + " ended with " + child.exitCode() + "; see " + child.log();
        if (!part.restarts()) {
            progress.say(end + ". The rest goes on; './energy-audit down' and 'up' start it again");
            return;
        }
        int death = deaths.merge(part.name(), 1, Integer::sum);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(death - 1, 5));
        Duration capped = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        progress.say(end + ". It is started again in " + capped.toSeconds() + " s");
        if (restarting.add(part.name())) {
            later.schedule(() -> workers.execute(() -> restart(part)), capped.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void restart(Part part) {
        restarting.remove(part.name());
        if (stopping) {
            return;
        }
        try {
            note(part, StackState.Phase.STARTING);
            part.start();
            note(part, StackState.Phase.RUNNING);
            progress.say(part.ready() + " again");
            watch(part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StackFailure e) {
            progress.say(String.valueOf(e.getMessage()));
            part.child().ifPresent(child -> ended(part, child));
        }
    }

    private void note(Step step, StackState.Phase phase) {
        if (step instanceof Part part) {
            state.part(part, phase);
        }
    }

    /** Stops every program that was started, the last one first. May be called more than once. */
    void stopAll() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        later.shutdownNow();
        state.ready(false);
        List<Part> reverse;
        synchronized (started) {
            reverse = new ArrayList<>(started);
        }
        Collections.reverse(reverse);
        for (Part part : reverse) {
            boolean ran = part.child().filter(Child::alive).isPresent();
            part.stop();
            note(part, StackState.Phase.STOPPED);
            if (ran) {
                progress.say(part.title() + " stopped");
            }
        }
        workers.shutdownNow();
    }
}
