package org.headscope.window.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The menu bar, made of the actions. */
public final class Menus {

    /** Of the bar within the window; a Mac shows it at the top of the screen. */
    public static final double HEIGHT = System.getProperty("os.name").startsWith("Mac") ? 0 : 28;

    /** A key to show beside an item whose action is not the menu's: it is only written, not listened to. */
    public static KeyCombination shown(String key) {
        return new Shown(KeyCombination.valueOf(key));
    }

    /** Shown beside an item but not listened to, since a menu would take it from a text that is being written. */
    private static final class Shown extends KeyCombination {

        private final KeyCombination keys;

        Shown(KeyCombination keys) {
            this.keys = keys;
        }

        @Override
        public boolean match(KeyEvent event) {
            return false;
        }

        @Override
        public String getName() {
            return keys.getName();
        }

        @Override
        public String getDisplayText() {
            return Keys.written(keys);
        }
    }

    private Menus() {
    }

    public static MenuBar bar(Actions actions) {
        Map<String, List<Action>> menus = new LinkedHashMap<>();
        actions.all().forEach(action -> menus.computeIfAbsent(action.section().menu(), name -> new ArrayList<>())
            .add(action));
        MenuBar bar = new MenuBar();
        menus.forEach((name, inIt) -> bar.getMenus().add(menu(name, inIt)));
        bar.setUseSystemMenuBar(true);
        return bar;
    }

    private static Menu menu(String name, List<Action> actions) {
        Menu menu = new Menu(name);
        Map<String, Menu> submenus = new LinkedHashMap<>();
        Section last = actions.get(0).section();
        for (Action action : actions) {
            if (action.section() != last) {
                menu.getItems().add(new SeparatorMenuItem());
                last = action.section();
            }
            if (action.submenu().isEmpty()) {
                menu.getItems().add(item(action));
                continue;
            }
            submenus.computeIfAbsent(action.submenu(), title -> {
                Menu made = new Menu(title);
                menu.getItems().add(made);
                return made;
            }).getItems().add(item(action));
        }
        // The longest must not run past a laptop's screen.
        Stream.concat(menu.getItems().stream(), submenus.values().stream().flatMap(made -> made.getItems().stream()))
            .forEach(item -> item.getStyleClass().add("dense"));
        return menu;
    }

    private static MenuItem item(Action action) {
        MenuItem item = switch (action.mark()) {
            case NONE -> new MenuItem(action.label());
            case TICK -> {
                CheckMenuItem tick = new CheckMenuItem(action.label());
                tick.setSelected(action.selected().getValue());
                action.selected().addListener((observed, before, now) -> tick.setSelected(now));
                yield tick;
            }
            case BULLET -> {
                RadioMenuItem bullet = new RadioMenuItem(action.label());
                bullet.setSelected(action.selected().getValue());
                action.selected().addListener((observed, before, now) -> bullet.setSelected(now));
                yield bullet;
            }
        };
        item.setId(action.id());
        action.key().ifPresent(keys -> item.setAccelerator(Keys.isMenus(keys) ? keys : new Shown(keys)));
        item.disableProperty().bind(action.enabled().map(is -> !is));
        item.setOnAction(event -> {
            action.perform();
            // A click has turned it over, whether or not that came to be.
            if (item instanceof CheckMenuItem tick) {
                tick.setSelected(action.selected().getValue());
            } else if (item instanceof RadioMenuItem bullet) {
                bullet.setSelected(action.selected().getValue());
            }
        });
        return item;
    }
}
