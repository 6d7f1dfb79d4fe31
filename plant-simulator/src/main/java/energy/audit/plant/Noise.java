package energy.audit.plant;

import java.nio.charset.StandardCharsets;

/**
 * Chance without memory: a number is a hash of (seed, stream, counter), so any minute can be asked for in any order.
 * The mixing function is the finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
 */
final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;
    private final long key;

    private Noise(long key) {
        this.key = key;
    }

    /** The stream of that name under that seed. */
    static Noise of(long seed, String stream) {
        long key = mix(seed + GOLDEN);
        for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
            key = mix(key ^ (b & 0xff)) + GOLDEN;
        }
        return new Noise(key);
    }

    /** Evenly spread over [0, 1). */
    double uniform(long counter) {
        return (mix(key + counter * GOLDEN) >>> 11) * TWO_TO_MINUS_53;
    }

    /** Bell-shaped, mean 0, standard deviation 1, never beyond ±3.5: the sum of four 16-bit uniforms. */
    double bell(long counter) {
        long bits = mix(key + counter * GOLDEN);
        long sum = (bits & 0xffff) + ((bits >>> 16) & 0xffff) + ((bits >>> 32) & 0xffff) + (bits >>> 48);
        return (sum / 65535.0 - 2.0) * 1.7320508075688772;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
