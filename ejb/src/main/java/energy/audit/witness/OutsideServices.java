package energy.audit.witness;

import energy.audit.kernel.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the operator of the installation has configured as system properties of the server. Nothing is sent anywhere without
 * them.
 *
 * @param timeStampService {@code energy.audit.tsa.url}
 * @param mail {@code energy.audit.mail.host} and its further properties
 */
record OutsideServices(Optional<URI> timeStampService, Optional<MailServer> mail) {
    /**
     * A server that takes mail.
     *
     * @param user empty: without sign-in
     * @param startTls refuses to go on in the clear
     */
    record MailServer(String host, int port, String from, String user, String password, boolean startTls) {
        /** Never the password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    static OutsideServices configured() {
        return of(System.getProperties());
    }

    static OutsideServices of(Properties properties) {
        Optional<URI> service = text(properties, "energy.audit.tsa.url").map(URI::create);
        return new OutsideServices(
                service, text(properties, "energy.audit.mail.host").map(host -> mail(host, properties)));
    }

    private static MailServer mail(String host, Properties properties) {
        String from = text(properties, "energy.audit.mail.from")
                .orElseThrow(
                        () -> fault("energy.audit.mail.from is missing", "Set it to the address that mail is from."));
        return new MailServer(
                host,
                Integer.parseInt(properties.getProperty("energy.audit.mail.port", "587")),
                from,
                properties.getProperty("energy.audit.mail.user", ""),
                text(properties, "energy.audit.mail.password.file")
                        .map(OutsideServices::password)
                        .orElse(""),
                Boolean.parseBoolean(properties.getProperty("energy.audit.mail.starttls", "true")));
    }

    private static String password(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw fault(file + " cannot be read: " + e, "Put the password of the mail server there, mode 600.");
        }
    }

    private static Optional<String> text(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static Fault fault(String why, String nextStep) {
        return new Fault("MAIL_CONFIGURATION", "the mail server's configuration", why, nextStep, null);
    }
}
