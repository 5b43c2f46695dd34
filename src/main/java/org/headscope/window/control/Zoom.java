package org.headscope.window.control;

/**
 * The part of a map that is seen, in shares of the whole: 0 is its left or upper end, 1 its right or lower one.
 *
 * @param left where it begins
 * @param top where it begins
 * @param side how much of the map is seen each way; 1 is all of it
 */
public record Zoom(double left, double top, double side) {

    public static final Zoom WHOLE = new Zoom(0, 0, 1);

    /** What would lie outside is moved in. */
    public Zoom {
        side = Math.max(0, Math.min(1, side));
        left = Math.max(0, Math.min(1 - side, left));
        top = Math.max(0, Math.min(1 - side, top));
    }

    public boolean isWhole() {
        return side == 1;
    }

    /**
     * Nearer, or farther away for a factor below 1, about a point of the map that stays where it is.
     *
     * @param least what is seen of the map at the nearest
     */
    public Zoom by(double factor, double x, double y, double least) {
        double nearer = Math.max(Math.min(1, least), side / factor);
        double share = nearer / side;
        return new Zoom(x - (x - left) * share, y - (y - top) * share, nearer);
    }

    /** As near, a share of the map farther to the right and down. */
    public Zoom moved(double right, double down) {
        return new Zoom(left + right, top + down, side);
    }

    /** As near, with a point of the map in the middle. */
    public Zoom centredOn(double x, double y) {
        return new Zoom(x - side / 2, y - side / 2, side);
    }
}
