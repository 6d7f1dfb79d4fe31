package energy.audit.kernel;

import java.util.regex.Pattern;

/** The one rule for names that appear in URLs, MQTT topics, file names and log origins. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62})");

    private Names() {}

    static String checked(String kind, String value) {
        if (!NAME.matcher(value).matches()) {
            throw Refusal.invalid(
                    "BAD_NAME",
                    kind + " '" + value.substring(0, Math.min(value.length(), 80)) + "'",
                    "a name is 1 to 63 lower-case letters, digits and hyphens, and begins with a letter or digit",
                    "Correct the name.");
        }
        return value;
    }
}
