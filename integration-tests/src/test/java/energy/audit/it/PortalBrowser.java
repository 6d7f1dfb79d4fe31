package energy.audit.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Chromium before the running portal. Notes what pages complain of, and what they post. */
final class PortalBrowser implements AutoCloseable {
    private static final Path SHOTS = RunningStack.TOP.resolve("integration-tests/target/screenshots");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> posts = new ArrayList<>();

    private PortalBrowser(Path chromium) {
        this.playwright = Playwright.create();
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** Starts the stack if it does not run; the test is skipped, and says so, on a machine without Chromium. */
    static PortalBrowser open() {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (chromium.isEmpty()) {
            System.err.println("\n*** NO CHROMIUM ON THIS MACHINE: the portal's browser tests are SKIPPED."
                    + " Install the package chromium to run them. ***\n");
        }
        assumeTrue(chromium.isPresent(), "no Chromium on this machine: portal not tested in a browser");
        RunningStack.ensureReady();
        return new PortalBrowser(chromium.get());
    }

    /** A page of somebody who has just signed in. */
    Page signIn(String person) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1380, 900));
        Page page = context.newPage();
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (request.method().equals("POST") && request.url().contains("/data/")) {
                posts.add(request.url().replaceFirst(".*/data", ""));
            }
        });
        page.navigate(RunningStack.portal());
        page.waitForURL(Pattern.compile(".*/realms/energy-audit/.*"));
        page.fill("#username", person);
        page.fill("#password", "demo");
        page.click("#kc-login");
        page.waitForURL(Pattern.compile(Pattern.quote(portal()) + ".*"));
        return page;
    }

    static String portal() {
        return RunningStack.portal().replaceAll("/$", "");
    }

    /** Wide, at 360 px, and in German, as {@code {name}.png}, {@code {name}-narrow.png}, {@code {name}-german.png}. */
    static void shootAll(Page page, String name) {
        String address = page.url();
        shoot(page, name);
        page.setViewportSize(360, 780);
        shoot(page, name + "-narrow");
        page.setViewportSize(1380, 900);
        page.navigate(address + (address.contains("?") ? "&" : "?") + "lang=de");
        shoot(page, name + "-german");
        page.navigate(address + (address.contains("?") ? "&" : "?") + "lang=en");
        page.navigate(address);
    }

    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    List<String> posts() {
        return List.copyOf(posts);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
