package energy.audit.report;

import energy.audit.log.StoredEntry;
import java.util.List;

/** A report before it is printed: its content, the exact bytes of what is attached, and the attached entries. */
record SealedContent(ReportContent content, byte[] figures, byte[] evidence, List<StoredEntry> entries) {}
