package energy.audit.verifier;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** {@code java -jar energy-audit-verifier.jar FILE…}. */
public final class VerifierMain {
    private VerifierMain() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new VerifyCommand());
        line.setCommandName("energy-audit-verifier");
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(line.execute(arguments));
    }
}
