package energy.audit.web.shell;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The language of the pages: chosen by the person, else the browser's. */
final class Language {
    static final List<Locale> OFFERED = List.of(Locale.UK, Locale.GERMANY);

    private static final String PARAMETER = "lang";
    private static final String COOKIE = "language";
    private static final int YEAR_SECONDS = 365 * 24 * 3600;

    private Language() {}

    static Locale of(HttpServletRequest request) {
        return cookie(request, COOKIE)
                .flatMap(Language::offered)
                .or(() -> Collections.list(request.getLocales()).stream()
                        .flatMap(locale -> offered(locale.getLanguage()).stream())
                        .findFirst())
                .orElse(Locale.UK);
    }

    static Optional<String> cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** Keeps a language that the address chooses, and goes on to the same address without the choice. */
    static boolean chosen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String asked = request.getParameter(PARAMETER);
        if (asked == null) {
            return false;
        }
        Optional<Locale> language = offered(asked);
        if (language.isPresent()) {
            Cookie cookie = new Cookie(COOKIE, language.get().getLanguage());
            cookie.setPath("/");
            cookie.setMaxAge(YEAR_SECONDS);
            cookie.setHttpOnly(true);
            cookie.setSecure(request.isSecure());
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        String rest = String.join(
                "&",
                Arrays.stream(query.split("&"))
                        .filter(part -> !part.isEmpty() && !part.startsWith(PARAMETER + "="))
                        .toList());
        // the path of this very request: never another host, since it begins with one slash
        String path = "/" + request.getRequestURI().replaceFirst("^/+", "");
        response.sendRedirect(rest.isEmpty() ? path : path + "?" + rest);
        return true;
    }

    private static Optional<Locale> offered(String language) {
        return OFFERED.stream()
                .filter(locale -> locale.getLanguage().equals(language))
                .findFirst();
    }
}
