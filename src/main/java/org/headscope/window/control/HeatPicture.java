package org.headscope.window.control;

import java.util.List;
import org.headscope.figure.Matrix;
import org.headscope.figure.Raster;
import org.headscope.figure.Shading;

/**
 * A head's map, ready to be painted.
 *
 * @param rows one label a query
 * @param columns one label a key
 * @param raster the colours; at most as many pixels as the map is wide, fewer cells never vanish
 */
public record HeatPicture(Matrix matrix, Shading shading, Raster raster, List<String> rows, List<String> columns) {

    public HeatPicture {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }
}
