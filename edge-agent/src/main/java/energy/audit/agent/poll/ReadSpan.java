package energy.audit.agent.poll;

import energy.audit.agent.config.Area;
import energy.audit.agent.config.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One request: a run of addresses that holds some registers of one device wholly.
 *
 * @param start first address
 * @param quantity addresses, at most {@link Area#maxPerRequest}
 */
public record ReadSpan(Area area, int start, int quantity, List<Register> registers) {
    public ReadSpan {
        registers = List.copyOf(registers);
    }

    /**
     * The fewest requests that read all registers, none of them cut in two (a value that is read in two halves can be a
     * mixture of two instants).
     *
     * @param maxHole unasked addresses that may lie between two registers of one request
     */
    public static List<ReadSpan> covering(List<Register> registers, int maxHole) {
        List<Register> sorted = new ArrayList<>(registers);
        sorted.sort(Comparator.comparing(Register::area).thenComparingInt(Register::first));
        List<ReadSpan> spans = new ArrayList<>();
        List<Register> open = new ArrayList<>();
        int start = 0;
        int end = 0;
        for (Register register : sorted) {
            int registerEnd = register.first() + register.width();
            boolean joins = !open.isEmpty()
                    && open.get(0).area() == register.area()
                    && register.first() - end <= maxHole
                    && Math.max(end, registerEnd) - start <= register.area().maxPerRequest();
            if (!joins) {
                close(spans, open, start, end);
                open.clear();
                start = register.first();
                end = registerEnd;
            }
            open.add(register);
            end = Math.max(end, registerEnd);
        }
        close(spans, open, start, end);
        return spans;
    }

    private static void close(List<ReadSpan> spans, List<Register> open, int start, int end) {
        if (!open.isEmpty()) {
            spans.add(new ReadSpan(open.get(0).area(), start, end - start, open));
        }
    }

    /** This span in two smaller ones, for a device that refuses one of its addresses; itself if it holds one register. */
    List<ReadSpan> halves() {
        if (registers.size() < 2) {
            return List.of(this);
        }
        int middle = registers.size() / 2;
        List<ReadSpan> halves = new ArrayList<>(covering(registers.subList(0, middle), quantity));
        halves.addAll(covering(registers.subList(middle, registers.size()), quantity));
        return halves;
    }
}
