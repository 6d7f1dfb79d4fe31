package energy.audit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A signed report in a temporary file. Close it after sending: that deletes the file.
 *
 * @param reportId names it in the log
 * @param logSize the prefix of the log that its figures are a function of
 * @param rootHex root hash over that prefix
 * @param fileName a good name for a person's disk
 * @param file the bytes
 */
public record IssuedReport(
        String reportId, ReportFormat format, long logSize, String rootHex, String fileName, Path file)
        implements AutoCloseable {
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
