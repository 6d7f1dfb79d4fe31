package energy.audit.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path TEXTS = Path.of("src/main/resources/energy/audit/web/shell");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    @Test
    void germanSaysEverythingThatEnglishSays() throws IOException {
        assertThat(new TreeSet<>(german().stringPropertyNames()))
                .isEqualTo(new TreeSet<>(english().stringPropertyNames()));
    }

    @Test
    void bothLanguagesHaveTheSamePlaces() throws IOException {
        Properties german = german();
        Properties english = english();
        for (String key : english.stringPropertyNames()) {
            if (!key.endsWith(".past") && !key.endsWith(".running")) {
                assertThat(places(german.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
            }
        }
    }

    /** An apostrophe would swallow what follows it in a text with places. */
    @Test
    void noTextWithAPlaceHasAnApostrophe() throws IOException {
        for (Properties texts : List.of(english(), german())) {
            for (String key : texts.stringPropertyNames()) {
                if (PLACE.matcher(texts.getProperty(key)).find()) {
                    assertThat(texts.getProperty(key)).as(key).doesNotContain("'");
                }
            }
        }
    }

    /** The later one would take the place of the earlier one without a word. */
    @Test
    void noKeyStandsTwice() throws IOException {
        for (String file : List.of("words.properties", "words_de.properties")) {
            Set<String> seen = new TreeSet<>();
            assertThat(Files.readAllLines(TEXTS.resolve(file)).stream()
                            .filter(line -> line.indexOf('=') > 0 && !line.startsWith("#"))
                            .map(line -> line.substring(0, line.indexOf('=')))
                            .filter(key -> !seen.add(key)))
                    .as(file)
                    .isEmpty();
        }
    }

    @Test
    void everyTextThatAPageNamesExists() throws IOException {
        Set<String> known = english().stringPropertyNames();
        Pattern inPages = Pattern.compile("t\\['([a-z.A-Z]+)']");
        for (Path page : pages()) {
            Matcher matcher = inPages.matcher(Files.readString(page));
            while (matcher.find()) {
                assertThat(known).as(page.toString()).contains(matcher.group(1));
            }
        }
    }

    /** What the content security policy would refuse in the browser. */
    @Test
    void noPageHasInlineScriptStyleOrHandler() throws IOException {
        Pattern inline = Pattern.compile("<script(?![^>]*(src=|application/json))|\\sstyle=\"|<style|\\son[a-z]+=\"");
        for (Path page : pages()) {
            assertThat(inline.matcher(Files.readString(page)).find())
                    .as(page.toString())
                    .isFalse();
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/webapp"))) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(each -> each.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties english() throws IOException {
        return read("words.properties");
    }

    private static Properties german() throws IOException {
        return read("words_de.properties");
    }

    private static Properties read(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(TEXTS.resolve(name), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
