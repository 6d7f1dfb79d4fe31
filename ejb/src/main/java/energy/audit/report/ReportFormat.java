package energy.audit.report;

/** How a report is written: pages for people, or rows for spreadsheets. Both carry the same figures and evidence. */
public enum ReportFormat {
    PDF("application/pdf", "pdf"),
    CSV("application/zip", "zip");

    private final String mediaType;
    private final String extension;

    ReportFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of the file, without the dot: a CSV report is a zip that holds figures.csv beside its evidence. */
    public String extension() {
        return extension;
    }
}
