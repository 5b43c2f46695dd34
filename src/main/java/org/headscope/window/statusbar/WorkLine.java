package org.headscope.window.statusbar;

import java.util.EnumSet;
import java.util.Set;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.NodeOrientation;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.headscope.window.theme.Appearance;
import org.headscope.window.work.Activity;
import org.headscope.window.work.Lane;

/**
 * A thin line that runs along the top of a panel while work on what it shows takes longer than a moment, or
 * stands there where nothing is to move. Of work that takes longer still the status line tells more, so that this one
 * goes.
 */
public final class WorkLine extends Region {

    /** Seconds; shorter work comes and goes without a sign. */
    private static final double MOMENT = 0.1;
    /** Of the panel's width. */
    private static final double LENGTH = 0.25;
    private static final double HEIGHT = 2;
    private static final Duration ROUND = Duration.millis(900);

    private final Region runner = new Region();
    private final Timeline run = new Timeline();
    private final ObservableList<Activity> activities;
    private final Set<Lane> lanes;

    private WorkLine(ObservableList<Activity> activities, Set<Lane> lanes) {
        this.activities = activities;
        this.lanes = lanes;
        getStyleClass().add("work-line");
        runner.getStyleClass().add("runner");
        runner.setManaged(false);
        getChildren().add(runner);
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        run.setCycleCount(Animation.INDEFINITE);
        watch();
    }

    /**
     * Puts one over a panel.
     *
     * @param activities all that is being done
     * @param first work that changes what the panel shows
     */
    public static void over(Pane panel, ObservableList<Activity> activities, Lane first, Lane... others) {
        WorkLine line = new WorkLine(activities, EnumSet.of(first, others));
        line.setId(panel.getId() + "-work");
        panel.getChildren().add(line);
        panel.widthProperty().addListener((observed, before, now) -> line.resizeRelocate(0, 0, now.doubleValue(),
            HEIGHT));
    }

    private void watch() {
        Timeline clock = new Timeline(new KeyFrame(Duration.seconds(MOMENT / 2), event -> show()));
        clock.setCycleCount(Animation.INDEFINITE);
        activities.addListener((ListChangeListener<Activity>) change -> watch(clock));
        watch(clock);
    }

    private void watch(Timeline clock) {
        if (activities.stream().anyMatch(this::isOurs)) {
            clock.play();
        } else {
            clock.stop();
            show();
        }
    }

    private boolean isOurs(Activity activity) {
        return lanes.contains(activity.lane());
    }

    private void show() {
        boolean shown = activities.stream().anyMatch(activity -> isOurs(activity) && isWorthIt(activity.seconds()));
        if (shown != isVisible()) {
            setVisible(shown);
            if (shown) {
                run();
            } else {
                run.stop();
            }
        }
    }

    /** Whether work that has gone on for so long is shown by a line. */
    static boolean isWorthIt(double seconds) {
        return seconds >= MOMENT && seconds < StatusLine.WORTH_WORDS;
    }

    private void run() {
        boolean isStill = Appearance.isStill(this);
        double length = isStill ? getWidth() : LENGTH * getWidth();
        runner.resizeRelocate(0, 0, length, HEIGHT);
        runner.setTranslateX(0);
        if (isStill) {
            return;
        }
        run.getKeyFrames().setAll(new KeyFrame(Duration.ZERO, new KeyValue(runner.translateXProperty(), 0)),
            new KeyFrame(ROUND, new KeyValue(runner.translateXProperty(), getWidth() - length)));
        run.playFromStart();
    }
}
