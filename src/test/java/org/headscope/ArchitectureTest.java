package org.headscope;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which way the packages may depend, and who may know what. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("org.headscope");

    private static final String MAIN = "org.headscope.Main";
    private static final String WINDOW = "org.headscope.window..";
    private static final String WORK = "org.headscope.window.work..";
    private static final String COMMAND = "org.headscope.command..";
    private static final String SESSION = "org.headscope.session..";
    private static final String FIGURE = "org.headscope.figure..";
    private static final String ANALYSIS = "org.headscope.analysis..";
    private static final String PATCHING = "org.headscope.patching..";
    private static final String MODEL = "org.headscope.model..";
    private static final String WEIGHTS = "org.headscope.weights..";
    private static final String HUB = "org.headscope.weights.hub..";
    private static final String TOKENS = "org.headscope.tokens..";
    private static final String REFUSAL = "org.headscope.refusal..";

    private static final String[] SCREEN = {"javafx..", "org.controlsfx..", "impl.org.controlsfx..", "atlantafx..",
        "org.kordamp.ikonli.."};

    private static final String HUGGING_FACE = "ai.djl.huggingface..";

    private static final DescribedPredicate<JavaClass> ENGINE =
        resideInAPackage("ai.djl..").and(not(resideInAPackage(HUGGING_FACE))).as("reside in the engine (ai.djl)");

    @Test
    void dependenciesPointDownwards() {
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("main").definedBy("org.headscope")
            .layer("outside").definedBy(WINDOW, COMMAND)
            .layer("session").definedBy(SESSION)
            .layer("results").definedBy(FIGURE, ANALYSIS, PATCHING)
            .layer("model").definedBy(MODEL)
            .layer("files").definedBy(WEIGHTS, TOKENS)
            .layer("refusal").definedBy(REFUSAL)
            .whereLayer("main").mayNotBeAccessedByAnyLayer()
            .whereLayer("outside").mayOnlyBeAccessedByLayers("main")
            .whereLayer("session").mayOnlyBeAccessedByLayers("main", "outside")
            .whereLayer("results").mayOnlyBeAccessedByLayers("main", "outside", "session")
            .whereLayer("model").mayOnlyBeAccessedByLayers("main", "outside", "session", "results")
            .whereLayer("files").mayOnlyBeAccessedByLayers("main", "outside", "session", "results", "model")
            .whereLayer("refusal").mayOnlyBeAccessedByLayers("main", "outside", "session", "results", "model", "files")
            .because("a lower layer must be usable and testable without what is built on it")
            .check(OURS);
    }

    @Test
    void everyClassHasItsLayer() {
        classes()
            .should().resideInAnyPackage("org.headscope", WINDOW, COMMAND, SESSION, FIGURE, ANALYSIS, PATCHING, MODEL,
                WEIGHTS, TOKENS, REFUSAL)
            .because("a package outside the layers would escape their rules")
            .check(OURS);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("org.headscope.(*)..")
            .should().beFreeOfCycles().allowEmptyShould(true)
            .check(OURS);
    }

    @Test
    void regionsOfTheWindowAreFreeOfCycles() {
        slices().matching("org.headscope.window.(*)..")
            .should().beFreeOfCycles().allowEmptyShould(true)
            .check(OURS);
    }

    // 1. The screen.

    @Test
    void onlyTheWindowKnowsTheScreen() {
        noClasses()
            .that().resideOutsideOfPackage(WINDOW).and().doNotHaveFullyQualifiedName(MAIN)
            .should().dependOnClassesThat().resideInAnyPackage(SCREEN)
            .because("commands and figures work on machines without a screen")
            .check(OURS);
    }

    @Test
    void mainOnlyLaunchesTheWindow() {
        noClasses()
            .that().haveFullyQualifiedName(MAIN)
            .should(dependOnClassesThat(
                resideInAnyPackage(SCREEN).and(not(resideInAPackage("javafx.application")))
                    .as("belong to the screen, launching apart")))
            .check(OURS);
    }

    @Test
    void viewModelsKnowOnlyProperties() {
        noClasses()
            .that().resideInAPackage(WINDOW).and().haveSimpleNameEndingWith("ViewModel")
            .should(dependOnClassesThat(
                resideInAnyPackage(SCREEN).and(not(resideInAnyPackage("javafx.beans..", "javafx.collections..")))
                    .as("belong to the screen, properties and collections apart")))
            .allowEmptyShould(true)
            .because("a view model is tested without a toolkit")
            .check(OURS);
    }

    // 2. The engine's arrays.

    @Test
    void onlyComputingPackagesKnowTheEngine() {
        noClasses()
            .that().resideOutsideOfPackages(MODEL, WEIGHTS, PATCHING, ANALYSIS)
            .should(dependOnClassesThat(ENGINE))
            .because("its arrays belong to one thread and are freed by hand")
            .check(OURS);
    }

    @Test
    void noArrayLeavesThem() {
        codeUnits()
            .that().arePublic().and().areDeclaredInClassesThat().arePublic()
            // By which the computing packages call the engine.
            .and().areDeclaredInClassesThat().doNotHaveFullyQualifiedName("org.headscope.model.Kernel")
            .should(new ArchCondition<JavaCodeUnit>("neither take nor return anything of the engine") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                    Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(ENGINE)
                        .forEach(type -> events.add(SimpleConditionEvent.violated(unit,
                            unit.getFullName() + " shows " + type.getName())));
                }
            })
            .check(OURS);
    }

    @Test
    void noArrayIsAPublicField() {
        fields()
            .that().arePublic().and().areDeclaredInClassesThat().arePublic()
            .should(new ArchCondition<JavaField>("be nothing of the engine") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    field.getType().getAllInvolvedRawTypes().stream()
                        .map(JavaClass::getBaseComponentType)
                        .filter(ENGINE)
                        .forEach(type -> events.add(SimpleConditionEvent.violated(field,
                            field.getFullName() + " shows " + type.getName())));
                }
            })
            .allowEmptyShould(true)
            .check(OURS);
    }

    // 3. The tokenizer's library and the network.

    @Test
    void onlyTokensKnowsTheTokenizersLibrary() {
        noClasses()
            .that().resideOutsideOfPackage(TOKENS)
            .should().dependOnClassesThat().resideInAPackage(HUGGING_FACE)
            .check(OURS);
    }

    @Test
    void onlyTheHubConnects() {
        noClasses()
            .that().resideOutsideOfPackage(HUB)
            .should(dependOnClassesThat(
                resideInAPackage("java.net.http..").or(connection()).as("open connections")))
            .orShould(accessTargetWhere(JavaAccess.Predicates.targetOwner(
                JavaClass.Predicates.type(URL.class)).and(targetNamed("openStream", "openConnection", "getContent"))))
            .because("nothing leaves the machine unless a person fetches a model")
            .check(OURS);
    }

    // 4. Standard streams and threads.

    @Test
    void onlyCommandsPrint() {
        noClasses()
            .that().resideOutsideOfPackage(COMMAND)
            .should(ACCESS_STANDARD_STREAMS)
            .check(OURS);
    }

    @Test
    void threadsAreMadeInFourPlaces() {
        noClasses()
            .that(startNoThreads())
            .should(accessTargetWhere(startsAThread()))
            .orShould().beAssignableTo(Thread.class)
            .because("the engine wants one thread and the screen another; who may make more has to be plain to see")
            .check(OURS);
    }

    private static DescribedPredicate<JavaClass> connection() {
        return JavaClass.Predicates.assignableTo(URLConnection.class)
            .or(JavaClass.Predicates.assignableTo(Socket.class))
            .or(JavaClass.Predicates.assignableTo(ServerSocket.class))
            .or(JavaClass.Predicates.assignableTo(DatagramSocket.class))
            .or(JavaClass.Predicates.assignableTo(NetworkChannel.class));
    }

    private static DescribedPredicate<JavaClass> startNoThreads() {
        return not(resideInAPackage(WORK)).and(new DescribedPredicate<JavaClass>(
            "are not the model's runtime, the reader of its weights or the engine's threads") {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getName();
                return Stream.of("Runtime", "WeightReader", "EngineThreads").map("org.headscope.model."::concat)
                    .noneMatch(one -> name.equals(one) || name.startsWith(one + "$"));
            }
        });
    }

    private static DescribedPredicate<JavaAccess<?>> startsAThread() {
        return new DescribedPredicate<>("starts a thread or hands work to the toolkit's") {
            @Override
            public boolean test(JavaAccess<?> access) {
                JavaClass owner = access.getTargetOwner();
                String name = access.getTarget().getName();
                boolean made = name.equals("<init>");
                return owner.isAssignableTo(Thread.class) && (made || name.equals("start"))
                    || owner.isEquivalentTo(Executors.class)
                    || owner.isAssignableTo(ExecutorService.class) && made
                    || owner.isAssignableTo(Timer.class)
                    || owner.isEquivalentTo(CompletableFuture.class) && name.endsWith("Async")
                    || owner.getName().equals("javafx.application.Platform") && name.equals("runLater");
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> targetNamed(String... names) {
        Set<String> wanted = Set.of(names);
        return new DescribedPredicate<>("target is named one of " + wanted) {
            @Override
            public boolean test(JavaAccess<?> access) {
                return wanted.contains(access.getTarget().getName());
            }
        };
    }
}
