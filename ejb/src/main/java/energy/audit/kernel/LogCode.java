package energy.audit.kernel;

/** First word of every line that the backend writes to its log. Renaming one is a breaking change for operators. */
public enum LogCode {
    INGEST_STARTED("The ingest listener takes batches from the broker", "nothing"),
    INGEST_STOPPED("The ingest listener has stopped", "nothing during a shutdown; else look for the line before it"),
    INGEST_CONNECTED("A consumer is connected to the broker", "nothing"),
    BROKER_UNREACHABLE(
            "The broker does not answer; it is tried again", "check address, user and password of the broker"),
    INGEST_FAILED(
            "A group of batches could not be admitted; the broker delivers it again",
            "look at the cause; after repeated failure the messages are in DLQ"),
    BATCH_QUARANTINED("A message was refused and kept with its reason", "look at it in the portal, page Quarantine"),
    FORK_DETECTED(
            "Two different batches claim the same sequence of an agent",
            "treat the agent's key as copied: look at both, enrol a new key"),
    CHAIN_BROKEN(
            "A batch names another predecessor than the one that is stored",
            "treat the agent's key as copied, or its data folder as restored from a copy"),
    WITNESS_DISAGREES(
            "An agent has seen a log head that this log does not continue",
            "treat the log as rewritten or the database as restored from an old backup"),
    AGENT_SILENT(
            "An agent that is expected has not been heard for too long",
            "look whether its machine runs, then at its network, then at its logs/service.log"),
    AGENT_HEARD_AGAIN("A silent agent speaks again, or is expected no more", "nothing"),
    FLEET_WATCH_FAILED("Silent agents could not be looked for; it is tried again", "look at the cause"),
    CONSUMPTION_RECOMPUTED("Interval revisions were derived from touched hours", "nothing"),
    CONSUMPTION_FAILED("Touched hours could not be recomputed; they stay marked", "look at the cause"),
    HEAD_NOT_SPREAD(
            "A head of the log could not be mailed or stamped", "look at the cause: address, mail server or service"),
    RECALCULATION_STARTED("A recalculation began, or goes on on this server", "nothing"),
    RECALCULATION_ENDED("A recalculation ended here: done, paused, stopped or taken over", "nothing"),
    RECALCULATION_FAILED("A recalculation stopped", "look at the cause, then resume it"),
    REPORT_ISSUED("A report was signed and entered in the log", "nothing"),
    AGENT_INVITED("A one-time token for an agent was issued", "nothing"),
    AGENT_ENROLLED("An agent has shown its token; its key is in the log", "nothing, if it is the plant's"),
    AGENT_KEY_CHANGED("An agent has announced its next key; it is in the log", "nothing"),
    AGENT_REVOKED("An agent's keys and certificates are out of use", "nothing"),
    ENROLMENT_REFUSED(
            "Somebody was refused at the enrolment door, or asks too often",
            "if it goes on, look where the requests come from"),
    TENANT_OPENED("A tenant was opened", "nothing");

    private final String meaning;
    private final String whatToDo;

    LogCode(String meaning, String whatToDo) {
        this.meaning = meaning;
        this.whatToDo = whatToDo;
    }

    public String meaning() {
        return meaning;
    }

    public String whatToDo() {
        return whatToDo;
    }
}
