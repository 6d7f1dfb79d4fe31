package energy.audit.web.place;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.EnergyAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;

/** How numbers and their trust are written on pages. A figure that is not there is words, never zero. */
public final class Figures {
    private Figures() {}

    /** Thousands apart, that many digits after the point; "no data" where there is none. */
    public static String number(Optional<BigDecimal> value, int decimals) {
        return value.map(v -> number(v, decimals)).orElse("no data");
    }

    public static String number(BigDecimal value, int decimals) {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        return format.format(value).replace(',', '\u202f');
    }

    /** 0.963 as 96 %; anything short of complete is never rounded up to 100 %. */
    public static String percent(double share) {
        long percent = share >= 1 ? 100 : Math.min(99, Math.round(share * 100));
        return percent + " %";
    }

    /** The words of the trust mark. */
    public static String trust(EnergyAmount amount) {
        if (amount.value().isEmpty()) {
            return "no data";
        }
        if (amount.quality() == Quality.MEASURED && amount.coverage() >= 0.999) {
            return "proved ✓";
        }
        if (amount.quality() == Quality.ESTIMATED) {
            return "estimated, " + percent(amount.coverage()) + " data";
        }
        return percent(amount.coverage()) + " data";
    }

    public static boolean complete(EnergyAmount amount) {
        return amount.value().isPresent() && amount.quality() == Quality.MEASURED && amount.coverage() >= 0.999;
    }
}
