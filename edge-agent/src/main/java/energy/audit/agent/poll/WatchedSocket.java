package energy.audit.agent.poll;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket that remembers the bytes of one exchange and why reading failed. j2mod 3.2.1 turns every I/O failure into one
 * exception with a text, skips the CRC of RTU frames in TCP, and lets a device that dribbles bytes exceed its timeout; the
 * memory here is what the causes are told apart by.
 */
final class WatchedSocket extends Socket {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(512);
    private long deadlineNanos;
    private @Nullable IOException failure;

    /** Starts an exchange: forgets the last one, drops bytes nobody waited for, and sets the time by which all must be read. */
    void begin(long timeoutMs) throws IOException {
        InputStream raw = super.getInputStream();
        while (raw.available() > 0 && raw.skip(raw.available()) > 0) {
            // late bytes of an earlier exchange
        }
        received.reset();
        failure = null;
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    byte[] received() {
        return received.toByteArray();
    }

    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Watched(super.getInputStream());
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                if (leftMs <= 0) {
                    throw new SocketTimeoutException("the answer was not complete in time");
                }
                setSoTimeout((int) leftMs);
                int n = super.read(buffer, offset, length);
                if (n > 0) {
                    received.write(buffer, offset, n);
                } else {
                    failure = new IOException("the peer closed the connection");
                }
                return n;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
