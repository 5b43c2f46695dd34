package org.headscope.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.headscope.window.control.HeatCanvas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** What a killed window leaves and what the next start makes of it, each in a process of its own as a person has it. */
class KilledWindowTest {

    private static final String TYPED = "Ben ran. Ben";
    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    /** Types a prompt and goes on until it is killed. */
    static final class Victim {

        public static void main(String[] arguments) {
            drive(robot -> {
                robot.clickOn("#clean-field").push(KeyCode.CONTROL, KeyCode.A).write(TYPED, 0);
                System.out.println("typed");
            });
        }
    }

    /** Says what it shows and leaves by its key. */
    static final class NextStart {

        public static void main(String[] arguments) {
            drive(robot -> {
                System.out.println(robot.lookup("#notice-text").queryAs(Label.class).getText());
                TextField field = robot.lookup("#clean-field").queryAs(TextField.class);
                System.out.println(field.getText());
                System.out.println(((Stage) field.getScene().getWindow()).getTitle());
                robot.push(KeyCode.CONTROL, KeyCode.Q);
            });
        }
    }

    /** Opens the application, and does something in it once a head of the model and all regions are seen. */
    private static void drive(Consumer<FxRobot> script) {
        Thread driver = new Thread(() -> {
            try {
                WaitForAsyncUtils.waitFor(SECONDS, TimeUnit.SECONDS, KilledWindowTest::isOpen);
                script.accept(new FxRobot());
            } catch (TimeoutException | RuntimeException e) {
                System.out.println("failed: " + e);
                Runtime.getRuntime().halt(1);
            }
        }, "driver");
        driver.setDaemon(true);
        driver.start();
        HeadscopeApp.open();
    }

    private static boolean isOpen() {
        return !Window.getWindows().isEmpty() && WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(SECONDS),
            () -> Window.getWindows().stream().map(Window::getScene).anyMatch(scene -> scene != null
                && scene.lookup("#heat-map") instanceof HeatCanvas map && map.pictureProperty().get() != null
                && scene.lookup("#inspector") != null));
    }

    private Process start(Class<?> program) throws IOException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agentlib")).toList());
        command.addAll(List.of("-Dheadscope.preferences=org/headscope-test/" + folder.getFileName(), "-cp",
            System.getProperty("java.class.path"), program.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HEADSCOPE_STATE", folder.toString());
        return builder.start();
    }

    private boolean isKept(String text) {
        try (Stream<Path> files = Files.walk(folder)) {
            // Not a part of a file that is still being written.
            for (Path file : files.filter(one -> one.getFileName().toString().matches("running-.*\\.headscope"))
                .toList()) {
                if (Files.readString(file).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException e) {
            // It is being written at this moment.
            return false;
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void whatWasTypedComesBackAfterAKillAndCtrlQLeavesIt() throws IOException, InterruptedException, TimeoutException {
        Process victim = start(Victim.class);
        try {
            assertThat(victim.inputReader().readLine()).isEqualTo("typed");
            WaitForAsyncUtils.waitFor(SECONDS, TimeUnit.SECONDS, () -> isKept(TYPED));
        } finally {
            victim.destroyForcibly().waitFor();
        }

        Process next = start(NextStart.class);
        try {
            assertThat(next.inputReader().lines()).containsExactly(
                "Headscope ended unexpectedly; this is what you were working on.", TYPED, "*Untitled – Headscope");
            assertThat(next.waitFor()).as("the exit status after Ctrl+Q").isZero();
            assertThat(names()).as("left for the start after that").contains("last.headscope")
                .noneMatch(name -> name.startsWith("running-"));
        } finally {
            next.destroyForcibly().waitFor();
        }
    }
}
