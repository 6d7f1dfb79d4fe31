package energy.audit.agent;

import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A meter at a real Modbus socket whose energy register counts up with each poll: no two readings are alike. */
final class CountingMeter implements AutoCloseable {
    private final ModbusSlave slave;

    CountingMeter(int port) throws Exception {
        AtomicInteger polls = new AtomicInteger();
        SimpleProcessImage image = new SimpleProcessImage(1);
        image.addRegister(new Word(polls, 16));
        image.addRegister(new Word(polls, 0));
        image.addRegister(new SimpleRegister(1500));
        image.addRegister(new SimpleRegister(0));
        slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, 3, false);
        slave.addProcessImage(1, image);
        slave.open();
    }

    @Override
    public void close() {
        ModbusSlaveFactory.close(slave);
    }

    /** One half of the count; reading the upper half counts. */
    private static final class Word extends SimpleRegister {
        private final AtomicInteger polls;
        private final int shift;

        Word(AtomicInteger polls, int shift) {
            super(0);
            this.polls = polls;
            this.shift = shift;
        }

        private int now() {
            return shift == 0 ? polls.get() : polls.incrementAndGet();
        }

        @Override
        public byte[] toBytes() {
            int word = now() >>> shift;
            return new byte[] {(byte) (word >>> 8), (byte) word};
        }

        @Override
        public int toUnsignedShort() {
            return now() >>> shift & 0xFFFF;
        }
    }
}
