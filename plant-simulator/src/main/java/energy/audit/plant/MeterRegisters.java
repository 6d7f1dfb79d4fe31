package energy.audit.plant;

import com.ghgande.j2mod.modbus.procimg.DigitalIn;
import com.ghgande.j2mod.modbus.procimg.DigitalOut;
import com.ghgande.j2mod.modbus.procimg.FIFO;
import com.ghgande.j2mod.modbus.procimg.File;
import com.ghgande.j2mod.modbus.procimg.IllegalAddressException;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.ProcessImage;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.time.Clock;
import java.util.List;

/**
 * A meter as Modbus sees it. All registers of one request are from one instant. Between registers that mean something there
 * are zeros, beyond the last one there is the exception "illegal data address", as in the meters this is modelled on.
 */
final class MeterRegisters implements ProcessImage {
    private final SiteTimeline timeline;
    private final Meter meter;
    private final int firstPosition;
    private final Clock clock;

    MeterRegisters(SiteTimeline timeline, Meter meter, Clock clock) {
        this.timeline = timeline;
        this.meter = meter;
        this.firstPosition = timeline.position(meter.channels().get(0).id());
        this.clock = clock;
    }

    Meter meter() {
        return meter;
    }

    private int[] words(Channel.Area area, int address, int count) {
        List<Channel> channels = meter.channels();
        int end = 0;
        for (Channel c : channels) {
            if (c.area() == area) {
                end = Math.max(end, c.address() + c.encoding().words());
            }
        }
        if (address < 0 || address + count > end) {
            throw new IllegalAddressException("Meter " + meter.id() + " has registers 0 to " + (end - 1) + " there");
        }
        long[] counts = timeline.countsAt(clock.instant());
        int[] words = new int[count];
        for (int i = 0; i < channels.size(); i++) {
            Channel c = channels.get(i);
            for (int w = 0; c.area() == area && w < c.encoding().words(); w++) {
                int at = c.address() + w - address;
                if (at >= 0 && at < count) {
                    words[at] = c.encoding().word(counts[firstPosition + i], w, c.wordOrder());
                }
            }
        }
        return words;
    }

    @Override
    public Register[] getRegisterRange(int address, int count) {
        int[] words = words(Channel.Area.HOLDING, address, count);
        Register[] registers = new Register[count];
        for (int i = 0; i < count; i++) {
            registers[i] = new SimpleRegister(words[i]);
        }
        return registers;
    }

    @Override
    public InputRegister[] getInputRegisterRange(int address, int count) {
        int[] words = words(Channel.Area.INPUT, address, count);
        InputRegister[] registers = new InputRegister[count];
        for (int i = 0; i < count; i++) {
            registers[i] = new SimpleInputRegister(words[i]);
        }
        return registers;
    }

    @Override
    public Register getRegister(int address) {
        return getRegisterRange(address, 1)[0];
    }

    @Override
    public InputRegister getInputRegister(int address) {
        return getInputRegisterRange(address, 1)[0];
    }

    @Override
    public int getRegisterCount() {
        return 0;
    }

    @Override
    public int getInputRegisterCount() {
        return 0;
    }

    @Override
    public DigitalOut[] getDigitalOutRange(int address, int count) {
        throw nothingElse("coils");
    }

    @Override
    public DigitalOut getDigitalOut(int address) {
        throw nothingElse("coils");
    }

    @Override
    public int getDigitalOutCount() {
        return 0;
    }

    @Override
    public DigitalIn[] getDigitalInRange(int address, int count) {
        throw nothingElse("discrete inputs");
    }

    @Override
    public DigitalIn getDigitalIn(int address) {
        throw nothingElse("discrete inputs");
    }

    @Override
    public int getDigitalInCount() {
        return 0;
    }

    @Override
    public File getFile(int record) {
        throw nothingElse("files");
    }

    @Override
    public File getFileByNumber(int number) {
        throw nothingElse("files");
    }

    @Override
    public int getFileCount() {
        return 0;
    }

    @Override
    public FIFO getFIFO(int number) {
        throw nothingElse("queues");
    }

    @Override
    public FIFO getFIFOByAddress(int address) {
        throw nothingElse("queues");
    }

    @Override
    public int getFIFOCount() {
        return 0;
    }

    private IllegalAddressException nothingElse(String what) {
        return new IllegalAddressException("Meter " + meter.id() + " has no " + what + "; read its registers");
    }
}
