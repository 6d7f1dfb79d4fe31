package energy.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One call of the command line. */
record Call(int status, String out, String err) {
    static Call of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                EnergyAudit.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Call(line.execute(arguments), out.toString(), err.toString());
    }

    /** Fails unless standard output is one JSON document and nothing else. */
    JsonNode json() throws IOException {
        return new ObjectMapper()
                .readerFor(JsonNode.class)
                .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(out);
    }
}
