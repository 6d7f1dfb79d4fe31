#!/usr/bin/env python3
"""A second verifier of energy audit reports, written from docs/evidence-format.md and nothing else.

    python3 verify_evidence.py [--trust trust.json] [--json] report.zip report.pdf ...

Python 3.8 or newer, standard library only; the package "cryptography" makes it faster where it is installed. It checks
signatures, the log, the batches, and recomputes every figure. Of a PDF it does not read the printed pages (the first
verifier does). Exit status: 0 all VALID, 1 one is INVALID, 2 a file cannot be read. Section numbers are the document's.
"""
import argparse, base64, csv, datetime, hashlib, io, json, math, re, struct, sys, zlib
from decimal import Decimal, Context, ROUND_HALF_EVEN, localcontext
from fractions import Fraction

try:
    from zoneinfo import ZoneInfo
except ImportError:  # Python 3.8: only reports with days of temperatures or shifts need it
    ZoneInfo = None

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.exceptions import InvalidSignature
except ImportError:
    Ed25519PublicKey = None


class Invalid(Exception):
    """The file is not what it says it is."""


def need(condition, thing, why):
    if not condition:
        raise Invalid("%s: %s" % (thing, why))


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# ---- Ed25519, RFC 8032 5.1, strict as in section 2 ------------------------------------------------------------------
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
IDENTITY = (0, 1, 1, 0)


def ed_add(a, b):
    x, y = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, d - c, d + c, y + x
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def ed_times(k, point):
    result = IDENTITY
    while k:
        if k & 1:
            result = ed_add(result, point)
        point = ed_add(point, point)
        k >>= 1
    return result


def ed_point(encoded):
    """The point of 32 canonical bytes, or None."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def ed_bytes(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = ed_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


class Key:
    known = {}

    def __init__(self, raw):
        need(len(raw) == 32, "key", "an Ed25519 key has 32 bytes")
        point = ed_point(raw)
        need(point is not None and ed_bytes(point) != ed_bytes(IDENTITY), "key " + raw.hex(), "is no point")
        need(ed_bytes(ed_times(L, point)) == ed_bytes(IDENTITY), "key " + raw.hex(), "is not of the full prime order")
        self.raw, self.point, self.id = raw, point, sha256(raw)[:8]

    @staticmethod
    def of(raw):
        if raw not in Key.known:
            Key.known[raw] = Key(raw)
        return Key.known[raw]

    def verifies(self, message, signature):
        if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= L:
            return False
        r = ed_point(signature[:32])
        if r is None or ed_bytes(ed_times(8, r)) == ed_bytes(IDENTITY):
            return False
        if Ed25519PublicKey:
            try:
                Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
                return True
            except InvalidSignature:
                return False
        k = int.from_bytes(hashlib.sha512(signature[:32] + self.raw + message).digest(), "little") % L
        s = int.from_bytes(signature[32:], "little")
        return ed_bytes(ed_times(s, BASE)) == ed_bytes(ed_add(r, ed_times(k, self.point)))


# ---- Protocol Buffers 3 ---------------------------------------------------------------------------------------------
def varint(data, at):
    value = shift = 0
    while True:
        need(at < len(data) and shift < 70, "protobuf", "a number is cut")
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value & (2**64 - 1), at


class Message:
    """Fields by number; the last one wins where only one is allowed."""

    def __init__(self, data):
        self.fields, at = {}, 0
        while at < len(data):
            tag, at = varint(data, at)
            kind = tag & 7
            if kind == 0:
                value, at = varint(data, at)
            elif kind == 2:
                length, at = varint(data, at)
                need(at + length <= len(data), "protobuf", "a field is cut")
                value, at = data[at:at + length], at + length
            elif kind in (1, 5):
                size = 8 if kind == 1 else 4
                need(at + size <= len(data), "protobuf", "a field is cut")
                value, at = data[at:at + size], at + size
            else:
                raise Invalid("protobuf: wire type %d" % kind)
            need(tag >> 3, "protobuf", "field number 0")
            self.fields.setdefault(tag >> 3, []).append((kind, value))

    def whole(self, number):
        return next((v for k, v in reversed(self.fields.get(number, [])) if k == 0), 0)

    def signed(self, number):
        return zigzag(self.whole(number))

    def bytes(self, number):
        return next((v for k, v in reversed(self.fields.get(number, [])) if k == 2), b"")

    def text(self, number):
        try:
            return self.bytes(number).decode("utf-8")
        except UnicodeDecodeError:
            raise Invalid("protobuf: a text is not UTF-8")

    def all(self, number):
        return [v for k, v in self.fields.get(number, []) if k == 2]

    def wholes(self, number):
        values = []
        for kind, value in self.fields.get(number, []):
            if kind == 0:
                values.append(value)
            elif kind == 2:
                at = 0
                while at < len(value):
                    one, at = varint(value, at)
                    values.append(one)
        return values


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def wrapped(value):
    return (value + 2**63) % 2**64 - 2**63


def field(number, value):
    length, head = len(value), bytearray([number << 3 | 2])
    while length > 127:
        head.append(length & 127 | 128)
        length >>= 7
    return bytes(head) + bytes([length]) + value


# ---- section 3, batches ---------------------------------------------------------------------------------------------
class Batch:
    def __init__(self, sent):
        envelope = Message(sent)
        parts = [envelope.bytes(n) for n in (1, 2, 3)]
        need(sent == b"".join(field(n + 1, p) for n, p in enumerate(parts) if p), "signed batch", "envelope is not plain")
        self.signed, self.signature, self.key_id = parts
        self.hash = sha256(sent)
        body = Message(self.signed)
        self.tenant, self.agent, self.site = body.text(1), body.text(2), body.text(3)
        self.sequence, self.previous = body.whole(4), body.bytes(5)
        need(self.tenant and self.agent and self.site, "batch", "tenant, agent and site must be given")
        need(0 < self.sequence < 2**63, "batch", "sequence starts at 1")
        need(len(self.previous) == 32, "batch", "previous_sha256 has 32 bytes")
        need((self.previous == bytes(32)) == (self.sequence == 1), "batch", "previous_sha256 is zero for sequence 1 only")
        axes = []
        for axis in map(Message, body.all(8)):
            instants = [axis.signed(1)]
            for delta in axis.wholes(2):
                need(0 < delta < 2**63 and instants[-1] + delta < 2**63, "batch", "a time axis does not ascend")
                instants.append(instants[-1] + delta)
            axes.append(instants)
        self.readings = []
        for column in map(Message, body.all(9)):
            need(column.whole(2) < len(axes), "batch", "a column names an axis that is not there")
            axis, missing = axes[column.whole(2)], column.wholes(5)
            need(all(a < b for a, b in zip(missing, missing[1:])) and all(m < len(axis) for m in missing),
                 "batch", "missing positions do not ascend on the axis")
            present = [at for i, at in enumerate(axis) if i not in set(missing)]
            deltas, count = [zigzag(d) for d in column.wholes(4)], column.signed(3)
            need(len(deltas) == max(0, len(present) - 1), "batch", "a column has another number of counts than instants")
            need(present or count == 0, "batch", "a column without readings has a count")
            for i, at in enumerate(present):
                count = wrapped(count + deltas[i - 1]) if i else count
                self.readings.append((column.text(1), at, count))
            need(column.text(1), "batch", "a column names no channel")
        self.channels = {Message(c).text(1) for c in body.all(9)}

    def __str__(self):
        return "batch %d of %s/%s" % (self.sequence, self.tenant, self.agent)


# ---- section 4, the log ---------------------------------------------------------------------------------------------
def included(leaf, index, size, path, root):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0 or len(p) != 32:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\1", p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1", r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def checkpoint(note, key):
    """(origin, size, root) of a signed note, checked with the key."""
    text, separator, signatures = note.partition("\n\n")
    text += "\n"
    lines = text.split("\n")
    need(separator and len(lines) == 4 and signatures.endswith("\n"), "checkpoint", "it is no signed note of three lines")
    origin, size = lines[0], lines[1]
    need(re.fullmatch("0|[1-9][0-9]{0,18}", size), "checkpoint", "its size is no number")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError:
        raise Invalid("checkpoint: its root is not base64")
    need(len(root) == 32 and base64.b64encode(root).decode() == lines[2], "checkpoint", "its root is no hash")
    name = origin.rpartition("/")[0]
    key_id = sha256(name.encode(), b"\n\1", key.raw)[:4]
    good = 0
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^ ]+) ([A-Za-z0-9+/]+=*)", line)
        need(match, "checkpoint", "a signature line is malformed")
        if match.group(1) == name:
            value = base64.b64decode(match.group(2))
            need(base64.b64encode(value).decode() == match.group(2), "checkpoint", "a signature is not plain base64")
            if value[:4] == key_id:
                need(key.verifies(text.encode(), value[4:]), "checkpoint", "its signature does not verify")
                good += 1
    need(good == 1, "checkpoint", "it carries %d signatures of the log's key" % good)
    return origin, int(size), root


# ---- section 7, figures ---------------------------------------------------------------------------------------------
RANK = ["measured", "estimated", "partial", "missing"]
TOLERANCE, INTERPOLATION, COVERED, NEAR = 5_000, 7_200_000, 900_000, 0.1
EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN)


def instant(ms):
    at = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return at.strftime("%Y-%m-%dT%H:%M:%S") + (".%03d" % (ms % 1000) if ms % 1000 else "") + "Z"


class Register:
    """Readings of one register, unrolled to a count that never runs backwards."""

    def __init__(self, readings, exchanges, modulus, most_per_hour):
        self.modulus, self.most = modulus, most_per_hour
        self.at, self.kept, self.total, self.stretch, self.events = [], [], [], [], []
        old, rest = None, readings
        for exchange in exchanges + [None]:
            cut = exchange and exchange[0]
            self.raw = [r for r in rest if exchange is None or r[0] < cut] + ([(cut, exchange[1])] if exchange else [])
            rest = [r for r in rest if exchange and r[0] >= cut]
            for i, (at, count) in enumerate(self.raw):
                if not self.at:
                    self.keep(at, count, count, "sound")
                elif at == self.at[-1]:
                    if count != self.kept[-1] and (at, count) != old:
                        self.event(at, "conflict",
                                   "two readings of one instant: %d kept, %d set aside" % (self.kept[-1], count))
                elif count >= self.kept[-1]:
                    self.forward(i, at, count)
                else:
                    self.backward(i, at, count)
            if exchange:
                self.event(cut, "exchange", "old meter ended at %d, new meter began at %d" % exchange[1:])
                self.kept[-1], old = exchange[2], exchange[:2]

    def keep(self, at, count, total, stretch):
        self.at.append(at), self.kept.append(count), self.total.append(total), self.stretch.append(stretch)

    def event(self, at, kind, detail):
        self.events.append((at, "%s at %s: %s" % (kind, instant(at), detail)))

    def plausible(self, ms):
        return self.most * 1.1 * ms / 3_600_000.0 + 1

    def after_equal(self, i):
        n = i + 1
        while n < len(self.raw) and (self.raw[n][0] == self.raw[i][0] or (self.raw[n][1] == self.raw[i][1] and n - i < 10)):
            n += 1
        return n

    def next_fits(self, i):
        n = self.after_equal(i)
        if n >= len(self.raw):
            return False
        rise, ms = self.raw[n][1] - self.kept[-1], self.raw[n][0] - self.at[-1]
        return rise >= 0 and (self.most == 0 or rise <= self.plausible(ms))

    def stands_out(self, i):
        n = self.after_equal(i)
        if n >= len(self.raw) or self.raw[n][1] >= self.raw[i][1] or self.raw[n][1] < self.kept[-1]:
            return False
        return self.raw[i][1] - self.raw[n][1] > 10 * (self.raw[n][1] - self.kept[-1] + 1.0)

    def rounds(self, rise, ms):
        unseen = self.modulus and self.most and float(rise) + self.modulus <= self.plausible(ms)
        return "lower bound" if unseen else "sound"

    def forward(self, i, at, count):
        rise, ms = count - self.kept[-1], at - self.at[-1]
        if rise > self.plausible(ms) and self.next_fits(i) if self.most else self.stands_out(i):
            self.event(at, "spike", "a single %d between readings that fit each other, set aside" % count)
        elif self.most and rise > self.plausible(ms):
            self.event(at, "implausible", "a rise of %d counts in %d s, more than the %d an hour the meter can make"
                       % (rise, ms // 1000, self.most))
            self.keep(at, count, self.total[-1], "broken")
        else:
            self.keep(at, count, self.total[-1] + rise, self.rounds(rise, ms))

    def backward(self, i, at, count):
        last, ms = self.kept[-1], at - self.at[-1]
        around = self.modulus - last + count
        rolls = self.modulus > 0 and last < self.modulus and around >= 0 and (
            around <= self.plausible(ms) if self.most
            else last >= self.modulus * (1 - NEAR) and count <= self.modulus * NEAR)
        if rolls and not (count == 0 and self.next_fits(i)):
            self.event(at, "rollover", "from %d over %d to %d" % (last, self.modulus, count))
            self.keep(at, count, self.total[-1] + around, self.rounds(around, ms))
        elif self.next_fits(i):
            self.event(at, "zero glitch", "a single %d between readings that fit each other, set aside" % count)
        elif count >= 0 and (count <= self.plausible(ms) if self.most else count <= last * NEAR):
            self.event(at, "reset", "from %d to %d; what was consumed after %d and before the reset is unknown"
                       % (last, count, last))
            self.keep(at, count, self.total[-1] + count, "lower bound")
        else:
            self.event(at, "implausible", "from %d back to %d: neither rollover nor reset" % (last, count))
            self.keep(at, count, self.total[-1], "broken")

    def boundary(self, ms):
        """(index of the last reading at or before the value, the value, quality)."""
        after = next((i for i, at in enumerate(self.at) if at > ms), len(self.at))
        before = after - 1
        if before >= 0 and self.at[before] == ms:
            return before, self.total[before], "measured"
        to_before = ms - self.at[before] if before >= 0 else 2**63
        to_after = self.at[after] - ms if after < len(self.at) else 2**63
        if min(to_before, to_after) <= TOLERANCE:
            nearest = before if to_before <= to_after else after
            return nearest, self.total[nearest], "measured"
        if (0 <= before and after < len(self.at) and self.at[after] - self.at[before] <= INTERPOLATION
                and self.stretch[after] != "broken"):
            part = (self.total[after] - self.total[before]) * (ms - self.at[before])
            value = self.total[before] + part // (self.at[after] - self.at[before])
            return before, value, "partial" if self.stretch[after] == "lower bound" else "estimated"
        return before, 0, "missing"

    def between(self, start, end):
        """(counts or None, quality, events in words)."""
        left, right = self.boundary(start), self.boundary(end)
        quality = max(left[2], right[2], key=RANK.index)
        if quality != "missing":
            inside = self.stretch[left[0] + 1:right[0] + 1]
            quality = "missing" if "broken" in inside else "partial" if "lower bound" in inside else quality
        words = [w for at, w in sorted(self.events, key=lambda e: e[0]) if start <= at <= end]
        return None if quality == "missing" else right[1] - left[1], quality, words


def number(text):
    need(re.fullmatch(r"|-?\d{1,40}(\.\d{1,40})?", text, re.ASCII), "configuration", "'%s' is no decimal number" % text)
    return text


def limit(text):
    value = Decimal(number(text) or "0")
    return 0 if value > 2**63 - 1 else int(value)


def fraction(part, whole):
    with localcontext(EXACT):
        return plain(Decimal(part) / Decimal(whole), 4)


def plain(value, digits):
    with localcontext(EXACT):
        text = format(value.quantize(Decimal(1).scaleb(-digits)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


class Registers:
    """What a set of log entries knows of registers."""

    def __init__(self, readings, configurations, exchanges, imports):
        self.readings, self.configurations, self.exchanges, self.imports = readings, configurations, exchanges, imports

    def zone(self, name, site):
        need(self.configurations.get(site), name, "no configuration of its site is attached")
        return Zone(name, self.configurations[site][-1][1].text(4))

    def scalings(self, name, place, start, end):
        """[(from, multiplier x factor, modulus, most per hour)] in force in a period; place: site, meter, channel, unit."""
        found, (site, wanted_meter, wanted_channel, unit) = [], place
        for effective, configuration in self.configurations.get(site, []):
            for meter in map(Message, configuration.all(6)):
                for channel in map(Message, meter.all(6)):
                    if meter.text(1) != wanted_meter or channel.text(1) != wanted_channel:
                        continue
                    if found and effective >= end:
                        continue
                    need(channel.whole(4) == 1 and not channel.text(5).startswith("float"), name, "its channel is no counter")
                    factor = "1"
                    if unit is not None and unit != channel.text(3):
                        need(unit == "kWh" and channel.text(10), name, "its channel cannot become " + unit)
                        factor = channel.text(10)
                    elif unit == "kWh" and channel.text(10):
                        factor = channel.text(10)
                    if effective <= start:
                        found = []
                    with localcontext(EXACT):
                        found.append((effective, (Decimal(number(channel.text(6))), Decimal(number(factor)),
                                                  limit(channel.text(8)), limit(channel.text(9)))))
        need(found, name, "no attached configuration describes its channel")
        return found

    def difference(self, name, place, start, end):
        """(exact total, quality, coverage, events in words)."""
        need(end > start, name, "its period ends before it starts")
        readings = self.readings.get(place[2], [])
        exchanges = [(at,) + registers[place[2]] for (_, _, at), registers in sorted(self.exchanges.items())
                     if place[2] in registers]
        instants = [r[0] for r in readings + exchanges]
        read = lambda ms: any(abs(at - ms) <= TOLERANCE for at in instants)
        scalings, total, worst, words = self.scalings(name, place, start, end), Decimal(0), "measured", []
        cuts, ends = [s for i, s in enumerate(scalings) if i == 0 or s[1] != scalings[i - 1][1]], [read(start)]
        for i, (_, (multiplier, factor, modulus, most)) in enumerate(cuts):
            stop = min(end, cuts[i + 1][0]) if i + 1 < len(cuts) else end
            if stop > start:
                counts, quality, events = self.register(place[2], readings, exchanges, modulus, most).between(start, stop)
                worst = max(worst, quality, key=RANK.index)
                with localcontext(EXACT):
                    total += (counts or 0) * multiplier * factor
                words += [w for w in events if w not in words]
                ends.append(read(stop))
                start = stop
        unread = len(ends) - sum(ends)
        if unread and worst == "missing":
            words.append("no reading near " + ("one end" if unread == 1 else "both ends"))
        return total, worst, fraction(sum(ends), len(ends)), "; ".join(words)

    def register(self, channel, readings, exchanges, modulus, most):
        known = self.__dict__.setdefault("unrolled", {})
        if (channel, modulus, most) not in known:
            known[channel, modulus, most] = Register(readings, exchanges, modulus, most)
        return known[channel, modulus, most]


class Figures:
    def __init__(self, figures, registers, indicators):
        self.by_id = {f.text(1): f for f in figures}
        need(len(self.by_id) == len(figures), "figures", "two have one id")
        self.registers, self.indicators = registers, indicators
        self.done, self.open = {}, set()

    def value(self, name):
        """(value, quality, coverage, note) as texts."""
        need(name in self.by_id, name, "there is no such figure")
        if name not in self.done:
            need(name not in self.open, name, "is a term of itself")
            self.open.add(name)
            figure = self.by_id[name]
            formulas = {"register-difference/v1": self.difference, "sum/v1": self.sum}
            of_indicator = figure.text(12) in FORMULAS
            need(of_indicator or figure.text(12) in formulas, name, "has an unknown formula '%s'" % figure.text(12))
            self.done[name] = (self.indicators.value if of_indicator else formulas[figure.text(12)])(name, figure)
            self.open.discard(name)
        return self.done[name]

    def difference(self, name, figure):
        printed = figure.text(9)
        need(re.fullmatch(r"|-?\d{1,30}(\.\d{1,12})?", printed, re.ASCII), name, "its value is no decimal number")
        place = figure.text(3), figure.text(4), figure.text(13), figure.text(8)
        total, worst, coverage, note = self.registers.difference(name, place, figure.signed(6), figure.signed(7))
        digits = len(printed.partition(".")[2])
        with localcontext(EXACT):
            value = "" if worst == "missing" else format(total.quantize(Decimal(1).scaleb(-digits)), "f")
        return value, worst, coverage, note

    def sum(self, name, figure):
        terms = [t.decode("utf-8") for t in figure.all(14)]
        need(terms and len(set(terms)) == len(terms), name, "it has no terms, or one twice")
        slack = 0 if figure.text(3) else 26 * 3_600_000
        total, coverage, worst, without = Decimal(0), Decimal(0), "measured", []
        for term in terms:
            need(term in self.by_id, name, "its term %s is not there" % term)
            other = self.by_id[term]
            need(other.text(8) == figure.text(8) and other.text(5) == figure.text(5)
                 and figure.text(3) in ("", other.text(3)), name, "%s is of another unit, source or site" % term)
            need(abs(other.signed(6) - figure.signed(6)) <= slack and abs(other.signed(7) - figure.signed(7)) <= slack,
                 name, "%s is of another period" % term)
            value, quality, share, _ = self.value(term)
            with localcontext(EXACT):
                coverage += Decimal(share)
                total += Decimal(value or "0")
            if value:
                worst = max(worst, quality, key=RANK.index)
            else:
                without.append(term)
        if len(without) == len(terms):
            return "", "missing", "0", "no term has a value"
        digits = max(len(self.value(t)[0].partition(".")[2]) for t in terms if t not in without)
        with localcontext(EXACT):
            return (format(total.quantize(Decimal(1).scaleb(-digits)), "f"), "partial" if without else worst,
                    fraction(coverage, len(terms)), "without %s: no data" % ", ".join(without) if without else "")


# ---- section 7, figures of energy performance indicators ------------------------------------------------------------
INTERVAL = ("energy", "variable", "expected", "cusum")
MODEL = ("observations", "coefficient", "standard-error", "p", "r-squared", "adjusted-r-squared", "cv-rmse", "f-p",
         "autocorrelation", "durbin-watson")
PERIOD, CLAIM = ("actual", "adjusted-baseline"), ("savings", "improvement", "senpi", "uncertainty")
ADJUSTED = ("adjustments", "savings-after-adjustments", "improvement-after-adjustments")
FORMULAS = {"enpi-%s/v1" % f: f for f in INTERVAL + MODEL + PERIOD + CLAIM + ADJUSTED}
NONE, LEFT_OUT = ("", "missing", "0", "these data give no value"), ("", "missing", "0", "left out")
CONFIDENCE, HOUR = 0.9, 3_600_000


def in_full(value):
    with localcontext(EXACT):
        return format(value.normalize(), "f") if value else "0"


NUMBER = re.compile(r"-?(?=[0-9.]{1,24}(?:e|$))(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-][1-9][0-9]{0,2})?", re.ASCII)


def number_text(value):
    """A float as ECMA-262 prints it: the fewest digits that name it, an exponent from 1e21 on and below 1e-6."""
    if not value:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, point = "".join(map(str, digits)), len(digits) + exponent
    if point > 21 or point <= -6:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + "e%+d" % (point - 1)
    else:
        text = format(Decimal(repr(abs(value))).normalize(), "f")
    return "-" * sign + text


def printed_as(value, printed, scale=None):
    """A text within 1e-12 of the number and its scale is right; without a scale, one within 1e-9 of the number."""
    with localcontext(EXACT):
        if isinstance(value, Fraction):
            value = Decimal(value.numerator) / Decimal(value.denominator)
        value = Decimal(value)
        reach = abs(value) * Decimal("1e-9") + Decimal("2.2250738585072014e-308") if scale is None else (
            (abs(value) + Decimal(float(scale))) * Decimal("1e-12"))
        if NUMBER.fullmatch(printed) and abs(Decimal(printed) - value) <= reach:
            return printed
    return number_text(float(value))


def beta_tail(x, a, b):
    """The regularized incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_tail(1 - x, b, a)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)) / a
    tiny, c, d = 1e-300, 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10_000):
        step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 + step * d, 1 + step / c
        d, c = 1 / (d if abs(d) > tiny else tiny), c if abs(c) > tiny else tiny
        h *= d * c
        step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 + step * d, 1 + step / c
        d, c = 1 / (d if abs(d) > tiny else tiny), c if abs(c) > tiny else tiny
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return front * h


def t_tail(t, free):
    """P(|T| >= |t|)."""
    return beta_tail(free / (free + t * t), free / 2, 0.5)


def two_sided_t(confidence, free):
    low, high = 0.0, 1.0
    while t_tail(high, free) > 1 - confidence:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, free) > 1 - confidence else (low, middle)
    return (low + high) / 2


def root(value):
    """Of an exact number, to more digits than a float has."""
    with localcontext(Context(prec=60)):
        return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


class Fit:
    """Least squares with intercept in exact fractions."""

    def __init__(self, name, energy, columns):
        rows = [[Fraction(1)] + [c[i] for c in columns] for i in range(len(energy))]
        self.n, self.k, p = len(energy), len(columns), len(columns) + 1
        need(self.n > p, name, "the baseline has too few inputs for its model")
        square = [[sum(r[i] * r[j] for r in rows) for j in range(p)] + [Fraction(int(i == j)) for j in range(p)]
                  for i in range(p)]
        for i in range(p):
            pivot = next((j for j in range(i, p) if square[j][i]), None)
            need(pivot is not None, name, "variables of the model depend on each other")
            square[i], square[pivot] = square[pivot], square[i]
            square[i] = [v / square[i][i] for v in square[i]]
            for j in range(p):
                if j != i and square[j][i]:
                    square[j] = [v - square[j][i] * w for v, w in zip(square[j], square[i])]
        inverse = [row[p:] for row in square]
        moments = [sum(r[i] * e for r, e in zip(rows, energy)) for i in range(p)]
        self.b = [sum(inverse[i][j] * moments[j] for j in range(p)) for i in range(p)]
        rest = [e - sum(b * x for b, x in zip(self.b, r)) for e, r in zip(energy, rows)]
        self.mean, self.free = sum(energy) / self.n, self.n - p
        left, total = sum(e * e for e in rest), sum((e - self.mean)**2 for e in energy)
        constant = total <= Fraction(1, 10**24) * sum(e * e for e in energy)
        self.exact = constant or left <= Fraction(1, 10**20) * total
        self.r_squared = None if constant else Fraction(1) if self.exact else 1 - left / total
        self.adjusted = None if constant else Fraction(1) if self.exact else (
            1 - (1 - self.r_squared) * (self.n - 1) / self.free)
        self.errors = [Decimal(0) if self.exact else root(left / self.free * inverse[i][i]) for i in range(p)]
        self.cv = None if not self.mean else Decimal(0) if self.exact else root(left / self.free) / in_decimal(self.mean)
        self.p = [None if constant else 0.0 if self.exact or not e else t_tail(float(b) / float(e), self.free) if b else 1.0
                  for b, e in zip(self.b, self.errors)]
        f = 0.0 if self.exact or not self.k else float((total - left) / self.k / (left / self.free))
        self.f_p = None if constant else 0.0 if self.exact else beta_tail(self.free / (self.free + self.k * f), self.free / 2, self.k / 2)
        self.rho = None if self.exact else self.lag(rest)
        self.watson = None if self.exact else sum((b - a)**2 for a, b in zip(rest, rest[1:])) / left

    @staticmethod
    def lag(rest):
        a, b, n = rest[:-1], rest[1:], len(rest) - 1
        if n < 2:
            return None
        squares = [sum(v * v for v in x) - sum(x)**2 / n for x in (a, b)]
        if not squares[0] or not squares[1]:
            return None
        return in_decimal(sum(v * w for v, w in zip(a, b)) - sum(a) * sum(b) / n) / (root(squares[0]) * root(squares[1]))

    def uncertainty(self, intervals, modelled):
        """t 1.26 CV(RMSE) sqrt(n/n' (1 + 2/n') / m) of the modelled energy, or None."""
        rho = float(self.rho or 0)
        worth = self.n * (1 - rho) / (1 + rho) if rho != -1 else math.inf
        if self.cv is None or not 0 < worth < math.inf:
            return None
        share = (two_sided_t(CONFIDENCE, self.free) * 1.26 * abs(float(self.cv))
                 * math.sqrt(self.n / worth * (1 + 2 / worth) / intervals))
        return share * abs(float(modelled))


def in_decimal(value):
    with localcontext(Context(prec=60)):
        return Decimal(value.numerator) / Decimal(value.denominator)


class Imports:
    """Production, temperatures and shift plans of a set of log entries (section 6): of one time the newest entry counts."""

    def __init__(self, entries, tenant):
        self.stated, self.plans, self.sorted = {}, {}, {}
        for index in sorted(i for i, e in entries.items() if e.whole(1) in (5, 14, 17)):
            kind, message = entries[index].whole(1), Message(entries[index].bytes(4))
            if message.text(1) != tenant:
                continue
            site = message.text(2)
            if kind == 5:
                for row in map(Message, message.all(5)):
                    self.state((site, row.text(1)), row.signed(3), row.signed(4), row.text(5), row.whole(6))
            elif kind == 14:
                for row in map(Message, message.all(6)):
                    self.state((site, message.text(3), "weather"), row.signed(1), row.signed(2), row.text(3), row.whole(4))
            elif message.whole(7):
                self.plans.setdefault(site, {}).pop(message.text(3), None)
            else:
                self.plans.setdefault(site, {})[message.text(3)] = message

    def state(self, key, start, end, value, withdrawn):
        self.stated.setdefault(key, {})[start, end] = None if withdrawn else value

    def in_force(self, name, key):
        """[(from, to, value)], ascending and apart."""
        if key not in self.sorted:
            rows = self.sorted[key] = []
            for (start, end), value in sorted(self.stated.get(key, {}).items()):
                if value is not None:
                    need(start < end and re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?", value, re.ASCII), name, "an import cannot be")
                    need(not rows or rows[-1][1] <= start, name, "two imports say something of one time")
                    rows.append((start, end, Decimal(value)))
        return self.sorted[key]

    def over(self, name, site, zone, origin, start, end):
        """(exact value or None, quality, coverage, note) of a variable over a period."""
        parts = origin.split(":", 2)
        divided, first = False, parts[1] if len(parts) > 1 else ""
        if parts[0] == "production" and len(parts) == 2:
            value, covered, divided = self.production(name, (site, first), start, end)
        elif origin == "operating-hours" or parts[0] == "shift-hours" and len(parts) == 2:
            value, covered = self.hours(name, site, zone(), first, start, end)
        else:
            need(first.startswith("weather/"), name, "its variable %s is neither a register's difference nor imported" % origin)
            value, covered = self.weather(name, (site, first[8:], "weather"), zone(), parts, start, end)
        share = fraction(covered, end - start)
        if divided:
            return None, "missing", share, "a figure of it crosses an end of the interval"
        if value is None:
            return None, "missing", share, "not known for all of the interval"
        return value, "measured" if share == "1" else "estimated", share, ""

    def production(self, name, key, start, end):
        total, covered, divided = Decimal(0), 0, False
        for begin, stop, value in self.in_force(name, key):
            if begin < end and stop > start:
                with localcontext(EXACT):
                    total += value
                covered += min(stop, end) - max(begin, start)
                divided = divided or begin < start or stop > end
        return total if covered == end - start else None, covered, divided

    def weather(self, name, key, zone, parts, start, end):
        """Means and degree days, local day by local day; nine tenths of a day must be known."""
        degrees, daily = (lambda t: t), True
        if len(parts) == 3:
            need(parts[0] in ("heating-degrees", "cooling-degrees"), name, "its variable follows from no temperature")
            rule = re.fullmatch(r"(-?\d{1,3}(?:\.\d{1,3})?)(?:/(-?\d{1,3}(?:\.\d{1,3})?))?(:hourly|:daily-mean)?", parts[2], re.ASCII)
            need(rule, name, "its degree days have no base")
            sign = 1 if parts[0] == "heating-degrees" else -1
            base, limit = Decimal(rule[1]), Decimal(rule[2] or rule[1])
            need(sign * limit <= sign * base, name, "the limit of its degree days lies on the wrong side of the base")
            degrees = lambda t: sign * (base - t) if sign * t <= sign * limit else Decimal(0)
            daily = rule[3] != ":hourly"
            need(not daily or all(zone.day_start(zone.day(at)) == at for at in (start, end)), name, "its days are not whole")
        else:
            need(parts[0] == "mean" and len(parts) == 2, name, "its variable follows from no temperature")
        of_mean = len(parts) == 2
        total, covered, complete, days, begin = Decimal(0), 0, True, 0, start
        with localcontext(EXACT):
            while begin < end:
                stop = min(end, zone.day_start(zone.day(begin) + datetime.timedelta(days=1)))
                weighted, known = Decimal(0), 0
                for row_start, row_stop, value in self.in_force(name, key):
                    if row_start < stop and row_stop > begin:
                        inside = min(row_stop, stop) - max(row_start, begin)
                        weighted, known = weighted + (value if daily else degrees(value)) * inside, known + inside
                days, covered = days + 1, covered + known
                if known and known * 10 >= (stop - begin) * 9:
                    average = DIGITS34.divide(weighted, Decimal(known))
                    total += (average if of_mean else degrees(average) if daily
                              else DIGITS34.divide(average * (stop - begin), Decimal(24 * HOUR)))
                else:
                    complete = False
                begin = stop
            if not complete:
                return None, covered
            return (DIGITS34.divide(total, Decimal(days)) if of_mean else total).quantize(Decimal("0.000001")), covered

    def hours(self, name, site, zone, shift, start, end):
        plans = sorted(self.plans.get(site, {}).items())
        first, last, covered, worked = zone.day(start), zone.day(end - 1), 0, []
        day = first - datetime.timedelta(days=1)
        while day <= last:
            following = day + datetime.timedelta(days=1)
            plan = next((p for since, p in reversed(plans) if since <= day.isoformat()), None)
            if plan is not None:
                if day >= first:
                    covered += max(0, min(end, zone.day_start(following)) - max(start, zone.day_start(day)))
                off = [d.decode("utf-8") for d in plan.all(5)]
                for each in map(Message, plan.all(4)):
                    if (not shift or each.text(1) == shift) and day.isoweekday() in each.wholes(2) and day.isoformat() not in off:
                        begins, ends = each.text(3), each.text(4)
                        from_ms, to_ms = zone.at(day, begins), zone.at(following if ends <= begins else day, ends)
                        worked.append((max(start, from_ms), min(end, to_ms)))
            day = following
        if covered != end - start:
            return None, covered
        total, until = 0, start
        for begin, stop in sorted(worked):
            if max(begin, until) < stop:
                total, until = total + stop - max(begin, until), stop
        with localcontext(EXACT):
            return (Decimal(total) / HOUR).quantize(Decimal("0.000001")), covered


DIGITS34 = Context(prec=34, rounding=ROUND_HALF_EVEN)


class Zone:
    """Days of a site."""

    def __init__(self, name, zone):
        need(ZoneInfo, name, "its site's days need Python 3.9 or newer")
        try:
            self.zone = ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as unknown:
            need(False, name, "the zone '%s' of its site is not known here: %s" % (zone, unknown))

    def day(self, ms):
        return (EPOCH + datetime.timedelta(milliseconds=ms)).astimezone(self.zone).date()

    def at(self, day, clock):
        local = datetime.datetime.combine(day, datetime.time.fromisoformat(clock), self.zone)
        return (local - EPOCH) // datetime.timedelta(milliseconds=1)

    def day_start(self, day):
        return self.at(day, "00:00")


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Indicators:
    """Definitions, baselines and decisions of the attached entries (section 6), and figures by them."""

    def __init__(self, entries, tenant, figures, known):
        self.known, self.definitions, self.baselines, self.decisions = known, {}, {}, []
        for index in sorted(entries):
            kind, actor, payload = entries[index].whole(1), entries[index].text(3), entries[index].bytes(4)
            if kind == 15 and Message(payload).text(1) == tenant:
                self.definitions[Message(payload).text(2)] = Message(payload)
            elif kind == 16 and Message(payload).text(1) == tenant:
                baseline = Message(payload)
                self.baselines["%s-b%d" % (baseline.text(2), baseline.whole(4))] = index, actor, baseline
            elif kind == 6:
                self.decisions.append((index, actor, Message(payload)))
        self.intervals, self.models, self.rows, self.approvals = {}, {}, {}, {}
        self.adjusted = {f.text(16) for f in figures if FORMULAS.get(f.text(12)) == "savings-after-adjustments"}
        for figure in figures:
            if FORMULAS.get(figure.text(12)) == "energy":
                self.intervals.setdefault(figure.text(16), {})[figure.signed(6)] = figure.signed(7)

    def in_force(self, name, figure):
        """(definition, baseline, whether a review is open)."""
        enpi, approval, review = figure.text(16), None, False
        need(enpi in self.definitions, name, "no entry that defines its EnPI is attached")
        for index, actor, decision in self.decisions:
            subject, what = decision.text(1), decision.text(2)
            of_baseline = re.fullmatch(re.escape(enpi) + r"-b\d+", subject, re.ASCII)
            if of_baseline or subject == "enpi:" + enpi:
                approval = (index, actor, subject) if what == "approved" and of_baseline else approval
                review = what == "review-opened" or review and what not in ("review-closed", "approved")
        need(approval, name, "no approval of a baseline of its EnPI is attached")
        need(approval[2] in self.baselines, name, "the baseline in force is not attached")
        index, author, baseline = self.baselines[approval[2]]
        self.approvals[enpi] = approval[0]
        definition = self.definitions[enpi]
        need(index < approval[0] and author != approval[1], name, "its baseline was not approved by somebody else")
        need(baseline.whole(4) == figure.whole(17), name, "another baseline is in force")
        need(baseline.whole(3) == definition.whole(3), name, "its baseline is of another version of the EnPI")
        need(baseline.whole(12) <= index, name, "its baseline rests on entries after itself")
        need(definition.text(5) == figure.text(3), name, "its EnPI is of another site")
        return definition, baseline, review

    def row(self, name, registers, definition, start, end):
        """(energy, variables), each (exact value or None, quality, coverage, note)."""
        key = id(registers), definition.text(2), start, end
        if key not in self.rows:
            site, channels, variables = definition.text(5), [c.decode("utf-8") for c in definition.all(6)], {}
            need(channels, name, "its EnPI has no boundary")
            def amount(names, unit):
                total, worst, shares, notes = Decimal(0), "measured", Decimal(0), []
                for channel in names:
                    parts = channel.split(".")
                    need(len(parts) == 3 and parts[0] == site, name, "a channel of its EnPI is of another site")
                    value, quality, share, note = registers.difference(name, (site, parts[1], channel, unit), start, end)
                    worst = max(worst, quality, key=RANK.index)
                    with localcontext(EXACT):
                        total, shares = total + (value if quality != "missing" else 0), shares + Decimal(share)
                    notes += [note] if note and note not in notes else []
                notes += ["only a part is known"] if worst == "partial" else []
                whole = worst in ("measured", "estimated")
                return total if whole else None, worst if whole else "missing", fraction(shares, len(names)), "; ".join(notes)
            for variable in map(Message, definition.all(9)):
                origin = variable.text(2)
                variables[variable.text(1)] = (
                    amount([origin[len("amount:"):]], None) if origin.startswith("amount:")
                    else registers.imports.over(name, site, lambda: registers.zone(name, site), origin, start, end))
            self.rows[key] = registers, amount(channels, "kWh"), variables
        return self.rows[key][1:]

    @staticmethod
    def length(name, definition, start, end):
        hours = (end - start) // HOUR
        monthly = definition.text(10) == "P1M"
        need(27 * 24 <= hours <= 32 * 24 if monthly else 22 <= hours <= 26, name, "an interval has a wrong length")

    def model(self, name, figure):
        definition, baseline, review = self.in_force(name, figure)
        enpi = definition.text(2)
        if enpi in self.models:
            return self.models[enpi]
        kind, used = definition.text(8), [v.decode("utf-8") for v in baseline.all(8)]
        need(kind in ("value", "ratio", "linear"), name, "models of kind '%s' have no figures" % kind)
        need(len(used) == 1 if kind == "ratio" else used or kind == "value", name, "its model has a wrong number of variables")
        inputs, then, before = list(map(Message, baseline.all(9))), self.known(baseline.whole(12)), None
        energy, columns, measured = [], [[] for _ in used], True
        need(inputs, name, "its baseline has no inputs")
        for each in inputs:
            start, end, values = each.signed(1), each.signed(2), [v.decode("utf-8") for v in each.all(5)]
            need(before is None or start >= before, name, "inputs of its baseline overlap")
            self.length(name, definition, start, end)
            before, (computed, variables) = end, self.row(name, then, definition, start, end)
            need(len(values) == len(used) and all(v in variables for v in used), name, "its baseline has other variables")
            for said, (value, _, _, _) in zip([each.text(3)] + values, [computed] + [variables[v] for v in used]):
                need(re.fullmatch(r"-?\d{1,40}(\.\d{1,80})?", said, re.ASCII), name, "an input is no decimal number")
                with localcontext(EXACT):
                    need(value is not None and value == Decimal(said), name,
                         "an input of its baseline, %s, is not what the registers gave then" % said)
            energy.append(Fraction(each.text(3)))
            for column, value in zip(columns, values):
                column.append(Fraction(value))
            measured = measured and computed[1] == "measured"
        fit = Fit(name, energy, columns) if kind == "linear" else None
        factor = None if fit else sum(energy) / len(energy) if kind == "value" else (
            sum(energy) / sum(columns[0]) if sum(columns[0]) else None)
        size = [sum(map(abs, column)) for column in [energy] + columns]
        per_unit = {v: size[0] / by if by else 0 for v, by in zip(used, size[1:])}
        self.models[enpi] = {
            "size": size[0], "per unit": {"intercept": size[0] / len(energy), "mean": size[0] / len(energy), **per_unit},
            "definition": definition, "review": review, "kind": kind, "used": used, "columns": columns, "fit": fit,
            "factor": factor, "n": len(energy), "from": inputs[0].signed(1), "to": before,
            "described": ("measured" if measured else "estimated", fraction(len(energy), len(energy) + len(baseline.all(10))))}
        return self.models[enpi]

    def value(self, name, figure):
        formula, model = FORMULAS[figure.text(12)], self.model(name, figure)
        of, printed, start, end = figure.text(18), figure.text(9), figure.signed(6), figure.signed(7)
        units = {v.text(1): v.text(3) for v in map(Message, model["definition"].all(9))}
        unit = {"variable": units.get(of, ""), "improvement": "%", ADJUSTED[2]: "%"}.get(formula, "1")
        if formula in ("energy", "expected", "cusum", "actual", "adjusted-baseline", "savings", "uncertainty") + ADJUSTED[:2]:
            unit = "kWh"
        elif formula in ("coefficient", "standard-error"):
            unit = "kWh/" + units[of] if units.get(of) else "kWh"
        need(figure.text(8) == unit, name, "it is in '%s' and would be in '%s'" % (figure.text(8), unit))
        if formula in MODEL:
            need((start, end) == (model["from"], model["to"]), name, "its period is not that of the baseline's inputs")
            return self.of_model(name, formula, of, printed, model)
        every = sorted(self.intervals.get(figure.text(16), {}).items())
        need(every, name, "its EnPI has no intervals")
        need(every[0][0] >= model["to"], name, "an interval lies in the baseline")
        for each, after in zip(every, every[1:] + [(every[-1][1], 0)]):
            self.length(name, model["definition"], *each)
            need(each[1] == after[0], name, "an interval is left out")
        now = self.known(None)
        if formula in ("energy", "variable", "expected"):
            need((start, end) in every, name, "the report has no energy of its interval")
            energy, variables = self.row(name, now, model["definition"], start, end)
            if formula == "expected":
                return self.expected(energy, variables, model, printed)
            need(formula == "energy" or of in variables, name, "its EnPI has no variable '%s'" % of)
            value = energy if formula == "energy" else variables[of]
            return ("" if value[0] is None else in_full(value[0]),) + value[1:]
        need(start == every[0][0] and (formula == "cusum" or end == every[-1][1]), name, "its period is another one")
        rows = [self.row(name, now, model["definition"], a, b) for a, b in every if b <= end]
        need(formula not in CLAIM + ADJUSTED or not model["review"], name, "a review is open, which stops every claim")
        counted = []
        if formula in CLAIM + ADJUSTED:
            for first, last, energy in self.adjustments(name, figure.text(16)):
                zone = now.zone(name, figure.text(3))
                begin, stop = (datetime.date.fromisoformat(d) for d in (first, last))
                stop = zone.day_start(stop + datetime.timedelta(days=1))
                if zone.day_start(begin) >= every[0][0] and stop <= every[-1][1]:
                    need(re.fullmatch(r"-?\d{1,40}(\.\d{1,80})?", energy, re.ASCII), name, "an adjustment is no decimal number")
                    counted.append(Fraction(energy))
            need(bool(counted) == (figure.text(16) in self.adjusted), name,
                 "approved adjustments lie in its intervals, and the report prints no savings after them" if counted
                 else "no approved adjustment lies in its intervals")
        return self.of_rows(name, formula, printed, model, rows, sum(counted))

    def adjustments(self, name, enpi):
        """[(first day, last day, kWh)] of those after the baseline's approval that somebody else has approved; the first decision counts."""
        proposed, decided, approved = {}, set(), []
        for index, actor, decision in self.decisions:
            what, number = decision.text(2), decision.whole(8)
            if decision.text(1) != "enpi:" + enpi:
                continue
            if what == "adjustment-proposed":
                proposed.setdefault(number, (actor, decision, index))
            elif what == "adjustment-rejected":
                decided.add(number)
            elif what == "adjustment-approved" and number not in decided:
                decided.add(number)
                need(number in proposed and proposed[number][0] != actor, name, "an adjustment was not approved by somebody else")
                if proposed[number][2] > self.approvals[enpi]:
                    approved.append(tuple(proposed[number][1].text(field) for field in (7, 9, 10)))
        return approved

    @staticmethod
    def usable(energy, variables):
        return energy[0] is not None and all(v[0] is not None for v in variables.values())

    @staticmethod
    def applied(model, variables):
        if model["fit"]:
            return sum((b * Fraction(variables[v][0]) for b, v in zip(model["fit"].b[1:], model["used"])), model["fit"].b[0])
        if model["factor"] is None or model["kind"] == "value":
            return model["factor"]
        return model["factor"] * Fraction(variables[model["used"][0]][0])

    def expected(self, energy, variables, model, printed):
        if not self.usable(energy, variables):
            return LEFT_OUT
        value = self.applied(model, variables)
        worst = max([energy[1]] + [v[1] for v in variables.values()], key=RANK.index)
        return NONE if value is None else (printed_as(value, printed, model["size"]), worst, "1", "")

    def of_model(self, name, formula, of, printed, model):
        quality, coverage = model["described"]
        if formula == "observations":
            return str(model["n"]), quality, coverage, ""
        fit = model["fit"]
        if fit is None:
            names = model["used"] if model["kind"] == "ratio" else ["mean"]
            need(formula == "coefficient" and of in names, name, "such a model has no such figure")
            value = model["factor"]
        elif formula in ("coefficient", "standard-error", "p"):
            names = ["intercept"] + model["used"]
            need(of in names, name, "the model has no coefficient '%s'" % of)
            value = {"coefficient": fit.b, "standard-error": fit.errors, "p": fit.p}[formula][names.index(of)]
        else:
            value = {"r-squared": fit.r_squared, "adjusted-r-squared": fit.adjusted, "cv-rmse": fit.cv, "f-p": fit.f_p,
                     "autocorrelation": fit.rho, "durbin-watson": fit.watson}[formula]
        if value is None:
            return NONE
        scale = None if formula in ("p", "f-p") else (
            model["per unit"][of] if formula in ("coefficient", "standard-error") else 1)
        return printed_as(value, printed, scale), quality, coverage, ""

    def of_rows(self, name, formula, printed, model, rows, adjustments=0):
        good = [row for row in rows if self.usable(*row)]
        if formula == "cusum" and not (rows and self.usable(*rows[-1])):
            return LEFT_OUT
        if not good:
            return "", "missing", "0", "no interval has energy and all variables"
        actual = sum(Fraction(energy[0]) for energy, _ in good)
        worst = {energy[1] for energy, _ in good} | {v[1] for _, variables in good for v in variables.values()}
        without = len(rows) - len(good)
        described = ("measured" if worst == {"measured"} else "estimated", fraction(len(good), len(rows)),
                     "%d of %d intervals left out" % (without, len(rows)) if without else "")
        if formula == "actual":
            with localcontext(EXACT):
                return (in_full(sum(energy[0] for energy, _ in good)),) + described
        if model["factor"] is None and not model["fit"]:
            return NONE
        size = model["size"] + sum(abs(Fraction(energy[0])) for energy, _ in good)
        modelled, fit = sum(self.applied(model, variables) for _, variables in good), model["fit"]
        if formula in CLAIM + ADJUSTED:
            need(fit, name, "such a model carries no claim")
            self.claimable(name, model, good)
        if formula == "adjustments":
            return (in_full(in_decimal(adjustments)),) + described
        if formula in ADJUSTED:
            base = modelled + adjustments
            after = base - actual if formula == "savings-after-adjustments" else 100 * (base - actual) / base if base else None
            return NONE if after is None else (
                printed_as(after, printed, size if formula == "savings-after-adjustments" else 100),) + described
        if formula in ("improvement", "senpi") and not modelled:
            return NONE
        value = (modelled if formula == "adjusted-baseline" else actual - modelled if formula == "cusum"
                 else modelled - actual if formula == "savings" else 100 * (1 - actual / modelled)
                 if formula == "improvement" else actual / modelled if formula == "senpi"
                 else fit.uncertainty(len(good), modelled))
        scale = {"uncertainty": None, "improvement": 100, "senpi": 1}.get(formula, size)
        return NONE if value is None else (printed_as(value, printed, scale),) + described

    @staticmethod
    def claimable(name, model, good):
        """The rules of section 7: of the model, and of its application."""
        fit = model["fit"]
        need(fit.f_p is not None and fit.f_p < 0.10 and all(p < 0.20 for p in fit.p[1:]) and min(fit.p[1:]) < 0.10 and fit.r_squared >= Fraction(1, 2),
             name, "its model may carry no claim")
        for variable, column in zip(model["used"], model["columns"]):
            mean = sum(Fraction(variables[variable][0]) for _, variables in good) / len(good)
            middle = sum(column) / len(column)
            spread = sum((v - middle)**2 for v in column) / (len(column) - 1)
            need(min(column) <= mean <= max(column) or (mean - middle)**2 <= 9 * spread,
                 name, "the mean of %s lies outside the model's range" % variable)


# ---- sections 6 and 8, the opening and the meter exchanges -----------------------------------------------------------
def opening(entries, head):
    found = [(index, Message(e.bytes(4))) for index, e in entries.items() if e.whole(1) == 10]
    need([i for i, _ in found] == [0], "opening of the log", "entry 0, which opened it, must be attached, and no other")
    need((found[0][1].text(1), found[0][1].text(2)) == (head.text(2), head.text(3)), "opening of the log",
         "it is of another tenant or name than the report")


def exchanges_in(entries, tenant):
    """(site, meter, instant) -> channel -> (old final, new initial); the newest entry for a key counts."""
    exchanges = {}
    for index in sorted(i for i, e in entries.items() if e.whole(1) == 11):
        exchange, thing, registers = Message(entries[index].bytes(4)), "log entry %d" % index, {}
        need(exchange.text(1) == tenant, thing, "exchanges another tenant's meter")
        place = exchange.text(2) + "." + exchange.text(3) + "."
        for register in map(Message, exchange.all(5)):
            counts = register.signed(2), register.signed(3)
            need(register.text(1).startswith(place) and register.text(1) not in registers and min(counts) >= 0,
                 thing, "register %s is not of this meter, twice there or negative" % register.text(1))
            registers[register.text(1)] = counts
        need(bool(registers) != bool(exchange.whole(10)), thing, "it exchanges no register, or is withdrawn and does")
        exchanges[exchange.text(2), exchange.text(3), exchange.signed(4)] = registers
    return exchanges


def configurations_in(entries, tenant):
    """site -> [(effective from, configuration)], each in force until the next one's instant."""
    configurations = {}
    for index in sorted(i for i, e in entries.items() if e.whole(1) == 3):
        configuration = Message(entries[index].bytes(4))
        need(configuration.text(1) == tenant, "log entry %d" % index, "configures another tenant's meters")
        site, effective = configuration.text(2), configuration.signed(5)
        row = [c for c in configurations.get(site, []) if c[0] < effective]
        configurations[site] = row + [(effective, configuration)]
    return configurations


def gaps_in(entries, head):
    """Log entries of the gaps that people have signed for, of the report's sites and period, in the log's order."""
    newest, sites = {}, [s.decode("utf-8") for s in head.all(4)]
    for index in sorted(i for i, e in entries.items() if e.whole(1) == 9):
        gap, thing = Message(entries[index].bytes(4)), "log entry %d" % index
        need(gap.text(1) == head.text(2), thing, "is about a gap of another tenant")
        need(gap.text(2) and gap.signed(4) < gap.signed(5), thing, "names no site or no period")
        need(gap.text(6), thing, "gives no reason")
        newest[gap.text(2), gap.text(3), gap.signed(4), gap.signed(5)] = (index, bool(gap.whole(7)))
    return sorted(index for (site, _, start, stop), (index, withdrawn) in newest.items()
                  if site in sites and start < head.signed(6) and stop > head.signed(5) and not withdrawn)


# ---- sections 6 and 8, what a report carries ------------------------------------------------------------------------
def key_change(announced, enrolment, before):
    """Section 6: the next key is announced by the one before it and by itself."""
    thing = "key change of " + enrolment.text(2)
    envelope = Message(announced)
    signed, body = b"energy-audit/key-change/v1\n" + envelope.bytes(1), Message(envelope.bytes(1))
    need(before and before[-1].bytes(4) == body.bytes(3), thing, "is not announced by the key that the agent had before")
    need(body.bytes(3) != body.bytes(4) and body.whole(5) > 0, thing, "changes nothing")
    need((body.text(1), body.text(2), body.bytes(4), body.whole(5))
         == (enrolment.text(1), enrolment.text(2), enrolment.bytes(4), enrolment.whole(7)) and not enrolment.whole(6),
         thing, "the agent announced something else than the entry says")
    need(Key.of(body.bytes(3)).verifies(signed, envelope.bytes(2)), thing, "is not signed by the old key")
    need(Key.of(body.bytes(4)).verifies(signed, envelope.bytes(3)), thing, "is not signed by the new key")


def judge_evidence(figures_pb, evidence_pb, trust):
    bundle = Message(evidence_pb)
    need(bundle.bytes(1) == figures_pb, "figures.pb", "differs from the figures inside evidence.pb")
    head = Message(figures_pb)
    key = Key.of(bundle.bytes(3))
    need(trust.get("logPublicKey") in (None, base64.b64encode(key.raw).decode()), "log key", "is not the trusted one")
    try:
        note = bundle.bytes(2).decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("checkpoint: it is not UTF-8")
    origin, size, root = checkpoint(note, key)
    tenant = head.text(2)
    installation = trust.get("installation")
    name = "energy-audit/" + installation if installation else origin.rpartition("/")[0]
    need(origin == name + "/" + tenant, "checkpoint", "its origin '%s' is not the log of tenant %s" % (origin, tenant))
    need((size, root) == (head.whole(7), head.bytes(8)), "checkpoint", "is of another size or root than the figures")

    entries = {}
    for proven in map(Message, bundle.all(4)):
        index, entry = proven.whole(1), proven.bytes(2)
        need(index not in entries, "log entry %d" % index, "is attached twice")
        need(included(sha256(b"\0", entry), index, size, proven.all(3), root), "log entry %d" % index, "is not in the log")
        entries[index] = Message(entry)
    enrolments, configurations, readings, chains = {}, configurations_in(entries, tenant), {}, {}
    pinned = {(a["tenant"], a["agent"], a["publicKey"]) for a in trust.get("agents", [])}
    unpinned = set()
    for index in sorted(entries):
        kind, payload = entries[index].whole(1), entries[index].bytes(4)
        if kind == 2:
            enrolment = Message(payload)
            need(enrolment.text(1) == tenant, "log entry %d" % index, "enrols for another tenant")
            Key.of(enrolment.bytes(4))
            announced = enrolment.bytes(8)
            if announced and enrolment.text(2) in unpinned and not enrolments.get(enrolment.text(2)):
                continue
            if announced:
                key_change(announced, enrolment, [e for _, e in enrolments.get(enrolment.text(2), [])])
            named = (tenant, enrolment.text(2), base64.b64encode(enrolment.bytes(4)).decode())
            if pinned and not announced and not enrolment.whole(6) and named not in pinned:
                unpinned.add(enrolment.text(2))
                continue
            enrolments.setdefault(enrolment.text(2), []).append((index, enrolment))
    opening(entries, head)
    need(gaps_in(entries, head) == head.wholes(11), "signed gaps", "the report prints others than are attached")
    batches = 0
    for index in sorted(entries):
        entry = entries[index]
        if entry.whole(1) != 1:
            continue
        batch = Batch(entry.bytes(4))
        thing = "%s (log entry %d)" % (batch, index)
        before = [e for i, e in enrolments.get(batch.agent, []) if i < index and e.whole(7) <= batch.sequence]
        need(before or batch.agent not in unpinned, "agent " + batch.agent, "its key is not the trusted one")
        need(before, thing, "its agent is not enrolled before it")
        agent = before[-1]
        signer = Key.of(agent.bytes(4))
        need(not agent.whole(6), thing, "its agent's key had been revoked")
        need(batch.key_id == signer.id and signer.verifies(b"energy-audit/batch/v1\n" + batch.signed, batch.signature),
             thing, "it is not signed by the enrolled key")
        need((batch.tenant, batch.site, entry.text(3)) == (tenant, agent.text(3), "agent:" + batch.agent),
             thing, "tenant, site or actor are not those of the enrolment")
        need(all(c.startswith(batch.site + ".") for c in batch.channels), thing, "it speaks of another site's channels")
        chain = chains.setdefault(batch.agent, {})
        need(batch.sequence not in chain, thing, "its sequence number occurs twice")
        chain[batch.sequence] = batch
        batches += 1
        for channel, at, count in batch.readings:
            readings.setdefault(channel, []).append((at, index, count))
    for chain in chains.values():
        for sequence, batch in chain.items():
            if sequence - 1 in chain:
                need(batch.previous == chain[sequence - 1].hash, str(batch), "it does not continue the batch before it")
    registers = {}

    def known(size):
        """Registers as the entries below a log size know them; None: all entries."""
        if size not in registers:
            earlier = {i: e for i, e in entries.items() if size is None or i < size}
            ordered = {}
            for channel, reads in readings.items():
                row = ordered[channel] = []
                for at, index, count in sorted(reads, key=lambda r: r[:2]):
                    if index in earlier and (not row or row[-1] != (at, count)):
                        row.append((at, count))
            registers[size] = Registers(ordered, configurations_in(earlier, tenant), exchanges_in(earlier, tenant),
                                        Imports(earlier, tenant))
        return registers[size]

    figures, sites = list(map(Message, head.all(9))), [s.decode("utf-8") for s in head.all(4)]
    for site in sites:
        need(site in configurations, "site " + site, "no metering configuration of it is attached")
    for figure in figures:
        need(figure.text(3) in [""] + sites, figure.text(1), "it is of a site that the report does not name")
    again, rows = Figures(figures, known(None), Indicators(entries, tenant, figures, known)), []
    for figure in figures:
        said = tuple(figure.text(n) for n in (9, 10, 11, 15))
        computed = again.value(figure.text(1))
        for what, a, b in zip(("value", "quality", "coverage", "note"), said, computed):
            need(a == b, figure.text(1), "%s is given as '%s', recomputed it is '%s'" % (what, a, b))
        rows.append((figure.text(1), computed[0], figure.text(8), computed[1]))
    return figures, rows, "%d entries in a log of %d, %d signed batches" % (len(entries), size, batches)


# ---- section 8, CSV -------------------------------------------------------------------------------------------------
def sealed(files):
    out, directory = bytearray(), bytearray()
    for name in sorted(files, key=lambda n: n.encode("utf-16-be")):
        content, label = files[name], name.encode("utf-8")
        common = struct.pack("<HHHHHIIIH", 10, 0x0800, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(label))
        directory += struct.pack("<IH", 0x02014b50, 10) + common + struct.pack("<HHHHII", 0, 0, 0, 0, 0, len(out)) + label
        out += struct.pack("<I", 0x04034b50) + common + struct.pack("<H", 0) + label + content
    end = struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, len(files), len(files), len(directory), len(out), 0)
    return bytes(out + directory + end)


def judge_zip(data, trust):
    files, at = {}, 0
    while data[at:at + 4] == b"PK\3\4" and at + 30 <= len(data):
        size, length = struct.unpack("<I", data[at + 22:at + 26])[0], struct.unpack("<H", data[at + 26:at + 28])[0]
        need(at + 30 + length + size <= len(data), "archive", "its lengths do not fit the file")
        name = data[at + 30:at + 30 + length].decode("utf-8", "replace")
        need(name not in files, "archive", name + " is in it twice")
        files[name] = data[at + 30 + length:at + 30 + length + size]
        at += 30 + length + size
    need(sealed(files) == data, "archive", "sealed again, the same files give other bytes")
    wanted = {"README.txt", "evidence.pb", "figures.csv", "figures.pb", "manifest.sig", "manifest.txt"}
    need(wanted <= set(files), "archive", "it lacks " + ", ".join(sorted(wanted - set(files))))
    listed = sorted(set(files) - {"manifest.sig", "manifest.txt"}, key=lambda n: n.encode("utf-16-be"))
    manifest = "".join("%s  %s\n" % (sha256(files[n]).hex(), n) for n in listed).encode()
    need(manifest == files["manifest.txt"], "manifest.txt", "a file was changed, or is not listed")
    key = Key.of(Message(files["evidence.pb"]).bytes(3))
    need(key.verifies(b"energy-audit/manifest/v1\n" + manifest, files["manifest.sig"]), "manifest.sig", "does not verify")
    figures, rows, words = judge_evidence(files["figures.pb"], files["evidence.pb"], trust)
    table = list(csv.DictReader(io.StringIO(files["figures.csv"].decode("utf-8"), newline="")))
    by_id = {row["figure"]: row for row in table}
    need(len(by_id) == len(table) == len(figures), "figures.csv", "it has other rows than there are figures")
    for f in figures:
        need(f.text(1) in by_id, f.text(1), "figures.csv has no row for it")
        fields = {"value": f.text(9), "unit": f.text(8), "quality": f.text(10), "coverage": f.text(11), "label": f.text(2),
                  "site": f.text(3), "meter": f.text(4), "channel": f.text(13), "energy_source": f.text(5),
                  "from": instant(f.signed(6)), "to": instant(f.signed(7)), "formula": f.text(12),
                  "terms": " ".join(t.decode("utf-8") for t in f.all(14)), "note": f.text(15),
                  "enpi": f.text(16), "baseline": str(f.whole(17)), "of": f.text(18)}
        for column, value in fields.items():
            printed = by_id[f.text(1)].get(column, value)
            need(printed in (value, "'" + value), f.text(1), "figures.csv prints %s '%s', it is '%s'" % (column, printed, value))
    return rows, words


# ---- section 8, PDF -------------------------------------------------------------------------------------------------
def der(data, at=0):
    """(tag, content, where the next value begins)."""
    need(at + 2 <= len(data), "signature", "DER is cut")
    tag, length, at = data[at], data[at + 1], at + 2
    if length & 128:
        octets = length & 127
        need(0 < octets < 5 and at + octets <= len(data), "signature", "a DER length is wrong")
        length, at = int.from_bytes(data[at:at + octets], "big"), at + octets
    need(at + length <= len(data), "signature", "DER is cut")
    return tag, data[at:at + length], at + length


def parts(content):
    found, at = [], 0
    while at < len(content):
        start = at
        tag, inner, at = der(content, at)
        found.append((tag, inner, content[start:at]))
    return found


def tlv(tag, *contents):
    content = b"".join(contents)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = (len(content).bit_length() + 7) // 8
    return bytes([tag, 128 | size]) + len(content).to_bytes(size, "big") + content


def oid(text):
    numbers = [int(n) for n in text.split(".")]
    out = bytearray([numbers[0] * 40 + numbers[1]])
    for value in numbers[2:]:
        septets = [value & 127]
        while value > 127:
            value >>= 7
            septets.append(value & 127 | 128)
        out += bytes(reversed(septets))
    return tlv(6, bytes(out))


DATA, SIGNED_DATA = oid("1.2.840.113549.1.7.1"), oid("1.2.840.113549.1.7.2")
SHA_256, ECDSA = tlv(0x30, oid("2.16.840.1.101.3.4.2.1")), tlv(0x30, oid("1.2.840.10045.4.3.2"))
CURVE = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
GENERATOR = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
             0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)


def ec_add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % CURVE == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], CURVE - 2, CURVE)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], CURVE - 2, CURVE)
    x = (slope * slope - a[0] - b[0]) % CURVE
    return x, (slope * (a[0] - x) - a[1]) % CURVE


def ec_times(k, point):
    result = None
    while k:
        if k & 1:
            result = ec_add(result, point)
        point, k = ec_add(point, point), k >> 1
    return result


def ecdsa(public, message, signature):
    """SEC 1, 4.1.4 on P-256."""
    numbers = parts(der(signature)[1])
    need(len(numbers) == 2 and all(n[0] == 2 for n in numbers), "signature", "its ECDSA value is no pair of numbers")
    r, s = (int.from_bytes(n[1], "big") for n in numbers)
    if not (0 < r < ORDER and 0 < s < ORDER):
        return False, s
    inverse, e = pow(s, ORDER - 2, ORDER), int.from_bytes(sha256(message), "big")
    point = ec_add(ec_times(e * inverse % ORDER, GENERATOR), ec_times(r * inverse % ORDER, public))
    return point is not None and point[0] % ORDER == r, s


def judge_cms(cms, content_sha256, trust):
    try:
        info = parts(der(cms)[1])
        signed = parts(parts(info[1][1])[0][1])
        certificate = parts(signed[3][1])[0][2]
        signer = parts(parts(signed[4][1])[0][1])
        attributes, value = signer[3][1], signer[5][1]
        outer = parts(der(certificate)[1])
        tbs = parts(outer[0][1])
        serial, issuer, subject = tbs[1][2], tbs[3][2], tbs[5][2]
        bits = parts(tbs[6][1])[1][1]
        time = next(parts(parts(a[1])[1][1])[0] for a in parts(attributes)
                    if parts(a[1])[0][2] == oid("1.2.840.113549.1.9.5"))
    except (IndexError, StopIteration):
        raise Invalid("signature: it is no CMS of the one form")
    need(time[0] == 0x17 and re.fullmatch(rb"\d{12}Z", time[1]), "signature", "its time is no UTCTime")
    wanted = sorted([
        tlv(0x30, oid("1.2.840.113549.1.9.3"), tlv(0x31, DATA)),
        tlv(0x30, oid("1.2.840.113549.1.9.5"), tlv(0x31, time[2])),
        tlv(0x30, oid("1.2.840.113549.1.9.4"), tlv(0x31, tlv(4, content_sha256))),
        tlv(0x30, oid("1.2.840.113549.1.9.16.2.47"),
            tlv(0x31, tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, sha256(certificate)))))))])
    need(b"".join(wanted) == attributes, "signature", "it was made for other content or another certificate")
    need(issuer == subject and bits[:2] == b"\0\4" and len(bits) == 66, "certificate", "it is not self-signed on P-256")
    public = int.from_bytes(bits[2:34], "big"), int.from_bytes(bits[34:], "big")
    need((public[1]**2 - public[0]**3 + 3 * public[0]
          - 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b) % CURVE == 0, "certificate", "no point of P-256")
    good, s = ecdsa(public, tlv(0x31, attributes), value)
    need(good, "signature", "it does not verify with the certificate in the file")
    need(s <= ORDER // 2, "signature", "its s is not the smaller one")
    need(ecdsa(public, outer[0][2], outer[2][1][1:])[0], "certificate", "it does not verify itself")
    info = tlv(0x30, tlv(2, b"\1"), tlv(0x30, issuer, serial), SHA_256, tlv(0xa0, attributes), ECDSA, tlv(4, value))
    body = tlv(0x30, tlv(2, b"\1"), tlv(0x31, SHA_256), tlv(0x30, DATA), tlv(0xa0, certificate), tlv(0x31, info))
    need(tlv(0x30, SIGNED_DATA, tlv(0xa0, body)) == cms, "signature", "a byte that is not signed was changed")
    pinned = re.sub("[: ]", "", trust.get("reportCertificateSha256") or "").lower()
    need(pinned in ("", sha256(certificate).hex()), "certificate", "it is not the trusted one")


def pdf_objects(data):
    """number -> (dictionary text, stream or None); later definitions replace earlier ones."""
    objects = {}
    for match in re.finditer(rb"(?<![0-9])([0-9]+) [0-9]+ obj\b", data):
        rest = match.end()
        end = data.find(b"endobj", rest)
        stream = re.compile(rb"stream\r?\n").search(data, rest)
        if stream and (end < 0 or stream.start() < end):
            content = data[stream.end():data.find(b"endstream", stream.end())]
            head = data[rest:stream.start()]
            length = re.search(rb"/Length ([0-9]+)(?! [0-9]+ R)", head)
            if b"/FlateDecode" in head:
                try:
                    content = zlib.decompressobj().decompress(content)
                except zlib.error:
                    continue
            elif length:
                content = data[stream.end():stream.end() + int(length.group(1))]
            objects[int(match.group(1))] = head, content
        else:
            objects[int(match.group(1))] = data[rest:end], None
    for head, content in list(objects.values()):
        if content is not None and re.search(rb"/Type ?/ObjStm", head):
            first = int(re.search(rb"/First ([0-9]+)", head).group(1))
            numbers = [int(n) for n in content[:first].split()]
            starts = [first + n for n in numbers[1::2]] + [len(content)]
            for i, name in enumerate(numbers[::2]):
                objects.setdefault(name, (content[starts[i]:starts[i + 1]], None))
    return objects


def judge_pdf(data, trust):
    ranges = list(re.finditer(rb"/ByteRange\s*\[\s*([0-9]+)\s+([0-9]+)\s+([0-9]+)\s+([0-9]+)\s*\]", data))
    need(ranges, "PDF", "it has no signature")
    zero, a, b, c = map(int, ranges[-1].groups())
    need(zero == 0 and a < b and b + c == len(data), "PDF", "the signature does not cover the whole file")
    gap = data[a:b]
    need(gap[:1] == b"<" and gap[-1:] == b">" and re.fullmatch(rb"[0-9a-f]*", gap[1:-1]) and len(gap) % 2 == 0,
         "PDF", "the place of the signature holds something else")
    need(not data[data.rfind(b"%%EOF") + 5:].strip(), "PDF", "something stands after its end")
    digits = bytes.fromhex(gap[1:-1].decode())
    length = der(digits)[2]
    need(not any(digits[length:]), "PDF", "something stands behind the signature")
    judge_cms(digits[:length], sha256(data[:a], data[b:]), trust)
    attached, objects = {}, pdf_objects(data)
    for head, _ in objects.values():
        apart = re.search(rb"/EF ([0-9]+) 0 R", head)
        files = objects.get(int(apart.group(1)), (b"",))[0] if apart else head.partition(b"/EF")[2]
        file = re.search(rb"/F ([0-9]+) 0 R", files)
        name = re.search(rb"/F ?\(([^)]*)\)", head)
        if file and name and int(file.group(1)) in objects:
            attached[name.group(1).decode("latin-1")] = objects[int(file.group(1))][1]
    for name in ("figures.pb", "evidence.pb"):
        need(attached.get(name) is not None, "PDF", "it has no attachment " + name)
    _, rows, words = judge_evidence(attached["figures.pb"], attached["evidence.pb"], trust)
    return rows, words + "; the printed pages were not read"


def main():
    options = argparse.ArgumentParser(description="Checks energy audit reports, and recomputes their figures.")
    options.add_argument("files", nargs="+", metavar="FILE")
    options.add_argument("--trust", metavar="FILE", help="JSON with the keys you were given")
    options.add_argument("--json", action="store_true", help="one JSON document instead of text")
    chosen = options.parse_args()
    answers, status = [], 0
    try:
        trust = json.load(open(chosen.trust, encoding="utf-8")) if chosen.trust else {}
        contents = [(name, open(name, "rb").read()) for name in chosen.files]
    except (OSError, ValueError) as e:
        print("cannot be read: %s" % e, file=sys.stderr)
        return 2
    for name, data in contents:
        try:
            rows, words = (judge_pdf if data.startswith(b"%PDF-") else judge_zip)(data, trust)
            answers.append({"file": name, "valid": True, "checked": words,
                            "figures": [dict(zip(("figure", "recomputed", "unit", "quality"), row)) for row in rows]})
        except (Invalid, UnicodeDecodeError, ArithmeticError, ValueError) as e:
            answers.append({"file": name, "valid": False, "reason": str(e), "figures": []})
            status = 1
    if chosen.json:
        print(json.dumps(answers, indent=1, ensure_ascii=False))
    else:
        for answer in answers:
            print("VALID   " if answer["valid"] else "INVALID ", answer["file"])
            print("  " + (answer["checked"] if answer["valid"] else answer["reason"]))
            for row in answer["figures"]:
                print("  %-8s %16s %-6s %s" % (row["figure"], row["recomputed"] or "-", row["unit"], row["quality"]))
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(2)
