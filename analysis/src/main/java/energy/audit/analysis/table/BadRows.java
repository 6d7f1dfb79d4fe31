package energy.audit.analysis.table;

import java.util.List;
import java.util.stream.Collectors;

/** Rows that cannot be taken: all of them, so that a file is corrected once. */
public final class BadRows extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RowFault> faults;

    public BadRows(List<RowFault> faults) {
        super(faults.stream().map(RowFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public List<RowFault> faults() {
        return faults;
    }
}
