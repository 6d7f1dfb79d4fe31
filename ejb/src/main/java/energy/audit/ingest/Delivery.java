package energy.audit.ingest;

import energy.audit.ingest.Envelope.Publication;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the broker's message into an {@link Envelope}. */
final class Delivery {
    /** How Artemis names the user properties of an MQTT 5 publish. */
    private static final Pattern USER_PROPERTY = Pattern.compile("mqtt\\.ordered\\.user\\.property\\.\\d+\\.(.+)");

    private Delivery() {}

    static Envelope envelope(Message message) throws JMSException {
        return new Envelope(address(message.getJMSDestination()), payload(message), publication(message));
    }

    private static String address(Destination destination) throws JMSException {
        if (destination instanceof Topic topic) {
            return topic.getTopicName();
        }
        return destination instanceof Queue queue ? queue.getQueueName() : String.valueOf(destination);
    }

    private static byte[] payload(Message message) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            byte[] payload = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.readBytes(payload);
            return payload;
        }
        return new byte[0];
    }

    /** Empty when the publish does not say its number, or says something that is none: then it is numbered here. */
    private static Optional<Publication> publication(Message message) throws JMSException {
        Map<String, String> properties = new HashMap<>();
        for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
            String name = String.valueOf(names.nextElement());
            Matcher matcher = USER_PROPERTY.matcher(name);
            if (matcher.matches()) {
                properties.put(matcher.group(1), message.getStringProperty(name));
            }
        }
        return Publication.of(properties.getOrDefault("boot", ""), properties.getOrDefault("n", ""));
    }
}
