package energy.audit.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/**
 * A second WildFly on the database and the broker of the stack under test: the stack's own configuration with other
 * ports, another node name and another deployment. Arquillian starts and stops it; see {@code arquillian.xml}.
 */
public final class SecondNode implements LoadableExtension {
    private static final int HTTP = 12_180;
    private static final int HTTPS = 12_543;
    private static final int MANAGEMENT = 14_090;
    private static final Path HOME = RunningStack.TOP.resolve("stack/target/servers/wildfly-39.0.1.Final");
    private static final Path FOLDER = RunningStack.TOP.resolve("integration-tests/target/second-node");
    private static final Path BASE = FOLDER.resolve("standalone");
    private static final Path PROPERTIES = FOLDER.resolve("wildfly.properties");
    // what the first node has written while it ran
    private static final Set<String> ITS_OWN = Set.of("deployments", "data", "log", "tmp");
    private static final Pattern PORTAL =
            Pattern.compile("\\s*<sub-deployment name=\"web\\.war\">.*?</sub-deployment>", Pattern.DOTALL);
    private static final String STRUCTURE = "META-INF/jboss-deployment-structure.xml";

    /** Used by Arquillian. */
    public SecondNode() {}

    /** Comes before {@code arquillian.xml} is read, which names these properties. */
    @Override
    public void register(ExtensionBuilder builder) {
        System.setProperty("second.node.home", HOME.toString());
        System.setProperty(
                "second.node.modules",
                HOME.resolve("modules") + File.pathSeparator + RunningStack.DATA.resolve("wildfly/modules"));
        System.setProperty("second.node.base", BASE.toString());
        System.setProperty("second.node.properties", PROPERTIES.toString());
        System.setProperty("second.node.management.port", Integer.toString(MANAGEMENT));
        builder.observer(SecondNode.class);
    }

    /** Comes before Arquillian sets up its servers. */
    public void layOut(@Observes(precedence = 100) BeforeSuite event) {
        RunningStack.ensureReady();
        try {
            delete(FOLDER);
            Files.createDirectories(
                    FOLDER, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            copy(RunningStack.DATA.resolve("wildfly/standalone"), BASE);
            Files.createDirectories(BASE.resolve("deployments"));
            writeProperties(RunningStack.DATA.resolve("run/wildfly.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out a second node in " + FOLDER, e);
        }
    }

    /** The product without its portal, and with a test class that runs beside it. */
    static EnterpriseArchive productWith(Class<?> testClass) {
        Path ear = RunningStack.TOP.resolve("ear/target/energy-audit.ear");
        EnterpriseArchive product = ShrinkWrap.createFromZipFile(EnterpriseArchive.class, ear.toFile());
        String structure = text(product, STRUCTURE);
        product.delete("web.war");
        // it names the portal; without it the server finds the modules by itself
        product.delete("META-INF/application.xml");
        product.delete(STRUCTURE);
        product.add(new StringAsset(PORTAL.matcher(structure).replaceAll("")), STRUCTURE);
        return product.addAsModule(ShrinkWrap.create(WebArchive.class, "inside.war")
                .addClass(testClass)
                .addAsLibrary(jarOf(Assertions.class).toFile())
                .addAsWebInfResource(
                        new StringAsset(
                                "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>"),
                        "beans.xml"));
    }

    private static String text(EnterpriseArchive archive, String path) {
        try (InputStream in = archive.get(path).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + " of " + archive.getName(), e);
        }
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no file holds " + type, e);
        }
    }

    private static void writeProperties(Path ofTheStack) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(ofTheStack)) {
            properties.load(in);
        }
        properties.setProperty("jboss.node.name", "node2");
        properties.setProperty("jboss.http.port", Integer.toString(HTTP));
        properties.setProperty("jboss.https.port", Integer.toString(HTTPS));
        properties.setProperty("jboss.management.http.port", Integer.toString(MANAGEMENT));
        Files.createFile(
                PROPERTIES, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer out = Files.newBufferedWriter(PROPERTIES, StandardCharsets.ISO_8859_1)) {
            properties.store(out, null);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path inside = from.relativize(folder);
                if (ITS_OWN.contains(inside.toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.copy(folder, to.resolve(inside.toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
