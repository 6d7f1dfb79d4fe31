package energy.audit.benchmarks;

import energy.audit.evidence.SigningKey;
import energy.audit.kernel.LogSize;
import energy.audit.report.IssuedReport;
import energy.audit.report.ReportFormat;
import energy.audit.report.ReportKey;
import energy.audit.report.ReportRequest;
import energy.audit.report.Reports;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A program of its own, so that its heap is its own: issues one report with the backend's code and says what it took.
 * Arguments: database URL, user, file with the log key's seed, pdf or csv, first and last day, file to write.
 */
public final class OneReport {
    private OneReport() {}

    public static void main(String[] arguments) throws Exception {
        Clock clock = Clock.systemUTC();
        SigningKey key = SigningKey.ofSeed(Base64.getDecoder()
                .decode(Files.readString(Path.of(arguments[2])).trim()));
        ReportBackend backend = new ReportBackend(arguments[0], arguments[1], key, clock);
        Reports reports = new Reports(
                backend.access,
                backend.log,
                backend.ingest,
                backend.performance,
                backend.variables,
                backend.logKey,
                reportKey(clock),
                clock);
        ReportRequest request = new ReportRequest(
                Optional.empty(),
                LocalDate.parse(arguments[4]),
                LocalDate.parse(arguments[5]),
                ReportFormat.valueOf(arguments[3].toUpperCase(Locale.ROOT)),
                LogSize.NEWEST,
                Optional.empty(),
                Locale.ENGLISH);
        long start = System.nanoTime();
        Path file = Path.of(arguments[6]);
        try (IssuedReport report = backend.access.asSystem("bench", ManyMeters.TENANT, () -> reports.issue(request))) {
            Files.copy(report.file(), file, StandardCopyOption.REPLACE_EXISTING);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%.1f s, peak heap %d MB of %d MB, file %,d bytes%n",
                seconds,
                peak / 1_048_576,
                Runtime.getRuntime().maxMemory() / 1_048_576,
                Files.size(file));
    }

    private static ReportKey reportKey(Clock clock) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Bench reports");
        Date now = Date.from(clock.instant());
        var holder = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        now,
                        Date.from(clock.instant().plusSeconds(86_400)),
                        name,
                        pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        return new ReportKey(pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(holder));
    }
}
