package energy.audit.agent;

import com.google.protobuf.ByteString;
import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.config.DeviceMapping;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.evidence.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The device mapping that is valid now: a changed file takes effect without a restart, a wrong one does not. */
final class MappingInForce {
    private final Path file;
    private final Journal.Log log;
    private FileTime lastModified = FileTime.fromMillis(0);
    private long lastSize = -1;
    private ByteString sha256;
    private ByteString bytes;

    /** @throws ConfigurationRefused if the file is wrong at the start */
    MappingInForce(Path file, Journal.Log log) {
        this.file = file;
        this.log = log;
        DeviceMapping mapping = DeviceMapping.read(file);
        this.sha256 = hash(mapping);
        this.bytes = ByteString.copyFrom(mapping.fileBytes());
        try {
            changed();
        } catch (IOException e) {
            throw new ConfigurationRefused(file.toString(), "it cannot be read (" + e + ")", "Check the disk");
        }
    }

    /** SHA-256 of the mapping in force. */
    ByteString sha256() {
        try {
            if (changed()) {
                DeviceMapping mapping = DeviceMapping.read(file);
                ByteString now = hash(mapping);
                if (!now.equals(sha256)) {
                    sha256 = now;
                    bytes = ByteString.copyFrom(mapping.fileBytes());
                    log.info(
                            LogCode.MAPPING_CHANGED,
                            "file=" + file.getFileName() + " mappings="
                                    + mapping.mappings().size());
                }
            }
        } catch (ConfigurationRefused | IOException e) {
            log.error(
                    LogCode.MAPPING_REFUSED,
                    "detail=" + Journal.quoted(e.getMessage()) + " next=the_earlier_mapping_stays");
        }
        return sha256;
    }

    /** The file of the mapping whose hash {@link #sha256} returned last. */
    ByteString bytes() {
        return bytes;
    }

    private boolean changed() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        boolean changed = !modified.equals(lastModified) || size != lastSize;
        lastModified = modified;
        lastSize = size;
        return changed;
    }

    private static ByteString hash(DeviceMapping mapping) {
        return ByteString.copyFrom(Hash.sha256(mapping.fileBytes()).bytes());
    }
}
