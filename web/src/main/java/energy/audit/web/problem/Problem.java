package energy.audit.web.problem;

/**
 * RFC 9457 problem details, with our stable code and the next step.
 *
 * @param type always {@code about:blank}: the code tells them apart
 * @param title the thing that was asked for
 * @param status HTTP status
 * @param detail the cause, in words
 * @param code stable, for programs
 * @param nextStep what the reader can do
 * @param reference what to look for in the server's log; empty for a refusal
 */
public record Problem(
        String type, String title, int status, String detail, String code, String nextStep, String reference) {}
