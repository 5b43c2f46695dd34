package org.headscope.figure;

import java.util.List;

/** Something to draw or to write down, apart from colours and from file formats. */
public sealed interface Figure extends Picture permits Heatmap, HeadGrid, HeadRow, Triptych {

    /** The maps it shows, in the order of reading; all have the labels of {@link #rows} and {@link #columns}. */
    List<NamedMap> maps();

    /** The rows of every map. */
    Axis rows();

    /** The columns of every map. */
    Axis columns();

    /** What the maps' names are, for the first column of a table, such as {@code head}; empty for one map alone. */
    String mapKey();
}
