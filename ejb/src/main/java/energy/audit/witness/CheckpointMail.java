package energy.audit.witness;

import energy.audit.kernel.Fault;
import jakarta.activation.DataHandler;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/** Sends a head of the log to somebody who keeps it. */
final class CheckpointMail {
    private static final String PATIENCE_MS = "20000";

    private final OutsideServices.MailServer server;

    CheckpointMail(OutsideServices.MailServer server) {
        this.server = server;
    }

    /** @throws Fault when the server does not take it */
    void send(String to, String tenantName, long size, String note, Instant at) {
        try {
            MimeMessage message = new MimeMessage(session());
            message.setFrom(new InternetAddress(server.from()));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
            message.setSentDate(Date.from(at));
            message.setSubject("Log head of " + tenantName + ", " + size + " entries", "UTF-8");
            message.setHeader("Auto-Submitted", "auto-generated");
            MimeBodyPart words = new MimeBodyPart();
            words.setText(words(tenantName, size, note), "UTF-8");
            MimeBodyPart attached = new MimeBodyPart();
            attached.setDataHandler(new DataHandler(
                    new ByteArrayDataSource(note.getBytes(StandardCharsets.UTF_8), "application/octet-stream")));
            attached.setFileName("log-head-" + size + ".checkpoint");
            message.setContent(new MimeMultipart(words, attached));
            Transport.send(message);
        } catch (MessagingException e) {
            throw new Fault(
                    "MAIL",
                    "mail to " + to + " through " + server,
                    String.valueOf(e.getMessage()),
                    "Check the address and the energy.audit.mail properties; it is tried again in the next round.",
                    e);
        }
    }

    private Session session() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        properties.setProperty("mail.smtp.connectiontimeout", PATIENCE_MS);
        properties.setProperty("mail.smtp.timeout", PATIENCE_MS);
        properties.setProperty("mail.smtp.writetimeout", PATIENCE_MS);
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.startTls()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (server.user().isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.setProperty("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user(), server.password());
            }
        });
    }

    private static String words(String tenantName, long size, String note) {
        return "This is the head of the energy log of " + tenantName + " with " + size
                + " entries, signed by its server.\n\n"
                + "Keep this mail. Whoever later changes, removes or inserts one of these entries cannot make a log that\n"
                + "agrees with it. To compare a report with the attached file:\n\n"
                + "    energy-audit verify report.pdf --checkpoint log-head-" + size + ".checkpoint\n\n"
                + "The head itself:\n\n" + note;
    }
}
