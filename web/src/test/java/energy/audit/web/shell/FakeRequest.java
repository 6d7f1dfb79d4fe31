package energy.audit.web.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A request that says only which languages the browser wants. */
public final class FakeRequest {
    private FakeRequest() {}

    /** A request of a browser that wants this language and has no cookies. */
    public static HttpServletRequest in(Locale language) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getLocales" -> Collections.enumeration(List.of(language));
                    case "getCookies" -> new Cookie[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
