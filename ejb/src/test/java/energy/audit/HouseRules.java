package energy.audit;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import energy.audit.access.Access;
import energy.audit.kernel.Capability;
import energy.audit.kernel.Open;
import energy.audit.kernel.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rules of the house over some rooms. Each returns what breaks it, in words. {@code HouseRulesTest} wants them empty
 * for the house, and not empty for rooms that were planted to break them.
 */
final class HouseRules {
    /** May be used by every room, and have no need of a card's permission. */
    private static final Set<String> COMMON = Set.of("kernel", "tenancy");

    private static final Pattern BAD_NAME = Pattern.compile(".*(Impl|Util|Utils|Helper|Manager|Service|Dto)");
    private static final Set<String> BAD_PACKAGES =
            Set.of("util", "utils", "common", "helper", "helpers", "dto", "dtos", "impl", "manager", "service");

    private final JavaClasses classes;
    private final String root;

    HouseRules(JavaClasses classes, String root) {
        this.classes = classes;
        this.root = root + ".";
    }

    private record Card(String room, Class<?> door, Set<String> uses) {}

    private Optional<String> room(JavaClass type) {
        if (!type.getPackageName().startsWith(root)) {
            return Optional.empty();
        }
        return Optional.of(type.getPackageName().substring(root.length()).split("\\.")[0]);
    }

    Set<String> rooms() {
        Set<String> rooms = new TreeSet<>();
        classes.forEach(type -> room(type).ifPresent(rooms::add));
        return rooms;
    }

    private Map<String, Card> cards() {
        Map<String, Card> cards = new HashMap<>();
        for (String room : rooms()) {
            JavaPackage own = classes.getPackage(root + room);
            Optional<? extends JavaAnnotation<?>> card = own.tryGetAnnotationOfType(Capability.class.getName());
            card.ifPresent(annotation -> {
                Capability capability = annotation.as(Capability.class);
                cards.put(room, new Card(room, capability.door(), Set.of(capability.uses())));
            });
        }
        return cards;
    }

    List<String> roomsWithoutACard() {
        Set<String> missing = new TreeSet<>(rooms());
        missing.removeAll(cards().keySet());
        missing.remove("kernel");
        return missing.stream().map(room -> "room " + room + " has no card").toList();
    }

    List<String> packagesThatAreNotNullMarked() {
        return rooms().stream()
                .filter(room -> !classes.getPackage(root + room).isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(room -> "package " + room + " is not @NullMarked")
                .toList();
    }

    List<String> usesThatNoCardAllows() {
        Map<String, Card> cards = cards();
        Set<String> broken = new TreeSet<>();
        for (Dependency dependency : dependencies()) {
            String from = room(dependency.getOriginClass()).orElseThrow();
            String to = room(dependency.getTargetClass()).orElseThrow();
            Card card = cards.get(from);
            boolean allowed = COMMON.contains(to) && !from.equals("kernel")
                    || card != null && card.uses().contains(to);
            if (!allowed) {
                broken.add(from + " uses " + to + ": "
                        + dependency.getOriginClass().getSimpleName() + " -> "
                        + dependency.getTargetClass().getSimpleName());
            }
        }
        return List.copyOf(broken);
    }

    List<String> cyclesAmongRooms() {
        Map<String, Set<String>> arrows = new HashMap<>();
        for (Dependency dependency : dependencies()) {
            arrows.computeIfAbsent(room(dependency.getOriginClass()).orElseThrow(), r -> new TreeSet<>())
                    .add(room(dependency.getTargetClass()).orElseThrow());
        }
        Set<String> cycles = new TreeSet<>();
        for (String room : arrows.keySet()) {
            Set<String> reached = new HashSet<>();
            List<String> next = new ArrayList<>(arrows.getOrDefault(room, Set.of()));
            while (!next.isEmpty()) {
                String at = next.remove(next.size() - 1);
                if (reached.add(at)) {
                    next.addAll(arrows.getOrDefault(at, Set.of()));
                }
            }
            if (reached.contains(room)) {
                cycles.add("room " + room + " depends on itself through others");
            }
        }
        return List.copyOf(cycles);
    }

    /** Arrows between rooms; what lies in other modules is walled by the compiler. */
    private List<Dependency> dependencies() {
        Set<String> rooms = rooms();
        return classes.stream()
                .filter(type -> room(type).isPresent())
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(d -> room(d.getTargetClass()).filter(rooms::contains).isPresent()
                        && !room(d.getTargetClass()).equals(room(d.getOriginClass()))
                        && !d.getOriginClass().getSimpleName().equals("package-info"))
                .toList();
    }

    /** A room is acted on through its door. Values, exceptions, and what the server or Hibernate must see are no doors. */
    List<String> secondDoors() {
        Map<String, Card> cards = cards();
        return classes.stream()
                .filter(type -> room(type).isPresent()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getEnclosingClass().isPresent()
                        && !type.isInterface()
                        && !type.isRecord()
                        && !type.isEnum()
                        && !type.isAssignableTo(Throwable.class)
                        && !type.isAnnotatedWith("jakarta.ejb.Singleton")
                        && !type.isAnnotatedWith("jakarta.annotation.security.RunAs")
                        && type.getAllRawInterfaces().stream()
                                .noneMatch(i -> i.getPackageName().startsWith("org.hibernate")))
                .filter(type -> type.getConstructors().stream()
                        .anyMatch(c -> !c.getModifiers().contains(JavaModifier.PRIVATE)
                                && (c.getModifiers().contains(JavaModifier.PUBLIC)
                                        || c.getModifiers().contains(JavaModifier.PROTECTED))))
                .filter(type -> {
                    Card card = cards.get(room(type).orElseThrow());
                    return card == null || !card.door().getName().equals(type.getName());
                })
                .map(type -> "room " + room(type).orElseThrow() + " has another public acting class: "
                        + type.getSimpleName())
                .sorted()
                .toList();
    }

    /** Every public method of a door asks for a permission, itself or through another method of the door, or says why not. */
    List<String> doorMethodsThatAskNobody() {
        List<String> silent = new ArrayList<>();
        for (Card card : cards().values()) {
            JavaClass door = classes.get(card.door());
            for (JavaMethod method : door.getMethods()) {
                if (method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.STATIC)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.isAnnotatedWith(Open.class)
                        && !asks(method, new HashSet<>())) {
                    silent.add(door.getSimpleName() + "." + method.getName()
                            + " neither requires a permission nor is @Open");
                }
            }
        }
        return silent.stream().sorted().toList();
    }

    private static boolean asks(JavaMethod method, Set<JavaMethod> seen) {
        if (!seen.add(method)) {
            return false;
        }
        return method.getMethodCallsFromSelf().stream().anyMatch(call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            if (target.getOwner().getName().equals(Access.class.getName())
                    && (target.getName().equals("require") || target.getName().equals("inTenant"))) {
                return true;
            }
            return target.getOwner().equals(method.getOwner())
                    && target.resolveMember().map(member -> asks(member, seen)).orElse(false);
        });
    }

    List<String> badNames() {
        Set<String> bad = new TreeSet<>();
        for (JavaClass type : classes) {
            if (room(type).isPresent()) {
                if (BAD_NAME.matcher(type.getSimpleName()).matches()) {
                    bad.add("class " + type.getName());
                }
                if (BAD_PACKAGES.contains(room(type).orElseThrow())) {
                    bad.add("package " + type.getPackageName());
                }
            }
        }
        return List.copyOf(bad);
    }

    /** Time comes from an injected clock; one class makes it. */
    List<String> ownClocks() {
        return calls(call -> call.endsWith(".now()") && call.startsWith("java.time.")
                        || call.equals("java.time.ZoneId.systemDefault()")
                        || call.startsWith("java.time.Clock.system")
                        || call.equals("java.lang.System.currentTimeMillis()"))
                .stream()
                .filter(call -> !call.startsWith("ClockSource "))
                .toList();
    }

    List<String> transactionAnnotations() {
        return classes.stream()
                .filter(type -> room(type).isPresent())
                .filter(type -> type.isAnnotatedWith("jakarta.transaction.Transactional")
                        || type.getMethods().stream()
                                .anyMatch(m -> m.isAnnotatedWith("jakarta.transaction.Transactional")))
                .map(type -> type.getName() + " is @Transactional; only Tenancy opens transactions")
                .toList();
    }

    private List<String> calls(java.util.function.Predicate<String> forbidden) {
        return classes.stream()
                .filter(type -> room(type).isPresent())
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .map(call -> Map.entry(
                        call.getOriginOwner().getSimpleName(),
                        call.getTargetOwner().getName() + "." + call.getName() + "("
                                + call.getTarget().getRawParameterTypes().stream()
                                        .map(JavaClass::getSimpleName)
                                        .collect(Collectors.joining(", "))
                                + ")"))
                .filter(call -> forbidden.test(call.getValue()))
                .map(call -> call.getKey() + " calls " + call.getValue())
                .distinct()
                .sorted()
                .toList();
    }

    /** Promises of the cards that no test names, and names of promises that no card gives. */
    List<String> promisesWithoutATest(Path sources, JavaClasses tests) {
        Set<String> given = new TreeSet<>();
        for (String room : cards().keySet()) {
            given.addAll(promises(room, sources.resolve(room).resolve("package-info.java")));
        }
        Set<String> tested = new TreeSet<>();
        Function<Promise, String> value = Promise::value;
        for (JavaClass type : tests) {
            for (JavaMethod method : type.getMethods()) {
                method.tryGetAnnotationOfType(Promise.class).map(value).ifPresent(tested::add);
                method.tryGetAnnotationOfType(Promise.Several.class).ifPresent(several -> {
                    for (Promise promise : several.value()) {
                        tested.add(promise.value());
                    }
                });
            }
        }
        Set<String> broken = new TreeSet<>();
        given.stream().filter(p -> !tested.contains(p)).forEach(p -> broken.add("promise " + p + " has no test"));
        tested.stream()
                .filter(p -> rooms().contains(p.split("\\.")[0]) && !given.contains(p))
                .forEach(p -> broken.add("a test names promise " + p + ", which no card gives"));
        return List.copyOf(broken);
    }

    private static Set<String> promises(String room, Path card) {
        try {
            Set<String> promises = new TreeSet<>();
            Matcher matcher = Pattern.compile("\\bR(\\d+)\\b").matcher(Files.readString(card));
            while (matcher.find()) {
                promises.add(room + ".R" + matcher.group(1));
            }
            return promises;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
