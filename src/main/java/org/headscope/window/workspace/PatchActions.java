package org.headscope.window.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headscope.model.FixedAttention;
import org.headscope.session.Document;
import org.headscope.window.Workbench;
import org.headscope.window.action.Action;
import org.headscope.window.action.Action.Mark;
import org.headscope.window.action.Section;

/** What can be staged and unstaged from everywhere. */
final class PatchActions {

    private PatchActions() {
    }

    static List<Action> of(Workbench workbench, CellPatches patches) {
        List<Action> actions = new ArrayList<>(List.of(
            Action.of("stage", Section.EXPERIMENT_PATCH, "Stage or unstage the focused head", patches::stageChosen)
                .keys("P"),
            Action.of("unstage", Section.EXPERIMENT_PATCH, "Unstage all of the focused head",
                () -> workbench.edit("", PatchActions::withoutFocused)).keys("Shift+P")
                .enabledWhile(workbench.documentProperty().map(now -> !now.equals(withoutFocused(now)))),
            Action.of("cut", Section.EXPERIMENT_PATCH, "Knock out the chosen edge", patches::cutChosen).keys("K")));
        Stream.of(FixedAttention.values()).map(rule -> attention(rule, workbench)).forEach(actions::add);
        actions.add(Action.of("unstage-all", Section.EXPERIMENT_PATCH, "Unstage everything",
            () -> workbench.edit("", Document::withoutPatches)));
        return List.copyOf(actions);
    }

    private static Document withoutFocused(Document document) {
        return document.patches().stream().filter(staged -> staged.head().isPresent()
            && staged.head().equals(document.focus())).reduce(document, Document::without, (one, other) -> other);
    }

    private static Action attention(FixedAttention rule, Workbench workbench) {
        var document = workbench.documentProperty();
        return new Action("attention-" + rule.word(), Section.EXPERIMENT_PATCH, "Replace the head's pattern",
            "By " + rule.word() + " attention", List.of(), () -> workbench.toggleAttention(rule),
            document.map(now -> now.focus().isPresent()), Mark.TICK, document.map(now -> now.attendsBy(rule)));
    }
}
