package energy.audit.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A secret of the session that only our own pages know: a request that shows it was not forged by another site. */
public final class CrossSiteToken {
    /** Header in which our pages' own script shows it. */
    public static final String HEADER = "X-CSRF-Token";
    /** Field in which our pages' own forms show it. */
    public static final String FIELD = "csrf";

    private static final String ATTRIBUTE = "energy.audit.csrf";
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CrossSiteToken() {}

    /** The session's token; made when there is none yet. */
    public static String of(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (session.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        session.setAttribute(ATTRIBUTE, made);
        return made;
    }

    static boolean isShownBy(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof String token)) {
            return false;
        }
        return same(token, request.getHeader(HEADER)) || same(token, request.getParameter(FIELD));
    }

    private static boolean same(String token, @Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.US_ASCII), shown.getBytes(StandardCharsets.UTF_8));
    }
}
