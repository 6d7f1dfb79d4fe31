package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * Energy over temperature with one or two change points, fitted by profile least squares: for each candidate the rest of
 * the model is linear; the change points of the smallest SSE win.
 *
 * @param shape the form of the model
 * @param changePoints in the unit of the temperature; one, or heating then cooling
 * @param intervals for each change point the range whose SSE, the other change point held, an F test with 95 %
 *     confidence cannot tell from the best; empty on a bare grid
 * @param fit the linear model at the change points; its degrees of freedom do not count them
 */
public record ChangePointFit(ChangePointShape shape, List<Double> changePoints, List<Range> intervals, LinearFit fit) {
    private static final double CONFIDENCE = 0.95;
    private static final int REFINEMENTS = 9;
    private static final int STEPS = 10;
    private static final int FINER = 4;

    /** From low to high, both included. */
    public record Range(double low, double high) {}

    /**
     * Which change points are tried.
     *
     * @param leastDays observations that must have degrees on each used side of a change point
     * @param leastDegrees sum of degrees there must be on each used side
     */
    public record Grid(double low, double high, double step, int leastDays, double leastDegrees) {
        /** 30 to 90 °F by 1 °F, at least 10 days and 20 degree days: the rules of CalTRACK 2 for daily data. */
        public static final Grid CALTRACK_DAILY_FAHRENHEIT = new Grid(30, 90, 1, 10, 20);

        /** Ten steps over the middle of the temperatures that occur; three observations on each side. */
        public static Grid over(Series temperature) {
            double low = temperature.smallest();
            double high = temperature.largest();
            return new Grid(low, high, (high - low) / (2 * STEPS), 3, 0);
        }

        private double[] points() {
            int count = (int) Math.floor((high - low) / step + 1e-9) + 1;
            double[] points = new double[count];
            for (int i = 0; i < count; i++) {
                points[i] = low + i * step;
            }
            return points;
        }
    }

    public ChangePointFit {
        changePoints = List.copyOf(changePoints);
        intervals = List.copyOf(intervals);
    }

    /** The best model with change points on the grid; empty where no candidate has enough data and allowed slopes. */
    public static Optional<ChangePointFit> onGrid(
            Series energy, Series temperature, ChangePointShape shape, Grid grid) {
        return new Search(energy, temperature, shape, grid).best(grid.points(), grid.points());
    }

    /** The best model on the grid, then refined between its points to a fraction of a millionth of a step. */
    public static Optional<ChangePointFit> refined(
            Series energy, Series temperature, ChangePointShape shape, Grid grid) {
        Search search = new Search(energy, temperature, shape, grid);
        Optional<ChangePointFit> best = search.best(grid.points(), grid.points());
        double width = grid.step();
        for (int i = 0; i < REFINEMENTS && best.isPresent(); i++) {
            List<Double> at = best.get().changePoints();
            Optional<ChangePointFit> finer =
                    search.best(around(at.get(0), width, grid), around(at.get(at.size() - 1), width, grid));
            best = finer.isPresent() ? finer : best;
            width /= FINER;
        }
        return best.map(search::withIntervals);
    }

    /** 1 − (1 − R²)(n − 1)/(n − p) with each change point counted in p. */
    public double adjustedRSquared() {
        int free = fit.degreesOfFreedom() - shape.changePoints();
        return 1 - (1 - fit.rSquared()) * (fit.observations() - 1) / free;
    }

    /** √(SSE/(n − p)) with each change point counted in p. */
    public double residualStandardDeviation() {
        return Math.sqrt(fit.residualSumOfSquares() / (fit.degreesOfFreedom() - shape.changePoints()));
    }

    /** Energy at a temperature. */
    public double predict(double temperature) {
        double[] points = changePoints.stream().mapToDouble(Double::doubleValue).toArray();
        return fit.predict(shape.columns(Series.of("temperature", temperature), points))[0];
    }

    private static double[] around(double point, double width, Grid grid) {
        double[] points = new double[2 * FINER + 1];
        for (int i = 0; i < points.length; i++) {
            double moved = point + width * (i - FINER) / FINER;
            points[i] = Math.min(grid.high(), Math.max(grid.low(), moved));
        }
        return Arrays.stream(points).distinct().toArray();
    }

    /** The candidates of one shape over one set of data. */
    private static final class Search {
        private final Series energy;
        private final Series temperature;
        private final ChangePointShape shape;
        private final Grid grid;

        Search(Series energy, Series temperature, ChangePointShape shape, Grid grid) {
            this.energy = energy;
            this.temperature = temperature;
            this.shape = shape;
            this.grid = grid;
        }

        Optional<ChangePointFit> best(double[] first, double[] second) {
            Optional<ChangePointFit> best = Optional.empty();
            for (double[] candidate : candidates(first, second)) {
                Optional<LinearFit> fit = fit(candidate);
                if (fit.isPresent()
                        && (best.isEmpty()
                                || fit.get().residualSumOfSquares()
                                        < best.get().fit().residualSumOfSquares())) {
                    List<Double> points = Arrays.stream(candidate).boxed().toList();
                    best = Optional.of(new ChangePointFit(shape, points, List.of(), fit.get()));
                }
            }
            return best;
        }

        private List<double[]> candidates(double[] first, double[] second) {
            List<double[]> candidates = new ArrayList<>();
            for (double low : first) {
                if (shape.changePoints() == 1) {
                    candidates.add(new double[] {low});
                    continue;
                }
                for (double high : second) {
                    if (low <= high) {
                        candidates.add(new double[] {low, high});
                    }
                }
            }
            return candidates;
        }

        private Optional<LinearFit> fit(double... points) {
            List<Series> columns = shape.columns(temperature, points);
            for (Series column : columns) {
                long days = Arrays.stream(column.values()).filter(d -> d > 0).count();
                if (days < Math.max(1, grid.leastDays()) || column.total() < grid.leastDegrees()) {
                    return Optional.empty();
                }
            }
            LinearFit fit = LinearFit.of(energy, columns, true);
            boolean allowed =
                    !shape.slopesNotNegative() || fit.slopes().stream().allMatch(slope -> slope.estimate() >= 0);
            return allowed ? Optional.of(fit) : Optional.empty();
        }

        ChangePointFit withIntervals(ChangePointFit found) {
            int free = found.fit().degreesOfFreedom() - shape.changePoints();
            double limit = found.fit().residualSumOfSquares()
                    * (1 + new FDistribution(1, free).inverseCumulativeProbability(CONFIDENCE) / free);
            List<Range> ranges = new ArrayList<>();
            for (int which = 0; which < shape.changePoints(); which++) {
                ranges.add(new Range(edge(found, which, -1, limit), edge(found, which, 1, limit)));
            }
            return new ChangePointFit(shape, found.changePoints(), ranges, found.fit());
        }

        /** Where the SSE passes the limit as one change point moves and the other stays. */
        private double edge(ChangePointFit found, int which, int direction, double limit) {
            double inside = found.changePoints().get(which);
            double outside = inside;
            double reach = grid.step() / 1024;
            while (outside == inside) {
                double next = inside + direction * reach;
                if (next < grid.low() || next > grid.high()) {
                    next = direction < 0 ? grid.low() : grid.high();
                    if (holds(found, which, next, limit)) {
                        return next;
                    }
                }
                if (holds(found, which, next, limit)) {
                    inside = next;
                    outside = next;
                    reach *= 2;
                } else {
                    outside = next;
                }
            }
            for (int halving = 0; halving < 30; halving++) {
                double middle = (inside + outside) / 2;
                if (holds(found, which, middle, limit)) {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            return inside;
        }

        private boolean holds(ChangePointFit found, int which, double moved, double limit) {
            double[] points = found.changePoints().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            points[which] = moved;
            return points[0] <= points[points.length - 1]
                    && fit(points)
                            .filter(f -> f.residualSumOfSquares() <= limit)
                            .isPresent();
        }
    }
}
