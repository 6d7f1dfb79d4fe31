package energy.audit.web.rest;

/** Where the log says so. */
public record LogIndex(long logIndex) {}
