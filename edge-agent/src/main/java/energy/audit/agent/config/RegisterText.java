package energy.audit.agent.config;

import java.nio.charset.StandardCharsets;

/** Text in registers, two bytes in each, the first in the high byte (SunSpec {@code string}). */
public final class RegisterText {
    private RegisterText() {}

    /** @return the text up to the first zero byte, without surrounding blanks */
    public static String of(int... words) {
        byte[] bytes = new byte[words.length * 2];
        int length = 0;
        for (int word : words) {
            bytes[length++] = (byte) (word >>> 8);
            bytes[length++] = (byte) word;
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    }
}
