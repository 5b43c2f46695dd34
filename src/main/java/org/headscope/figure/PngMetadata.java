package org.headscope.figure;

import java.util.Map;
import javax.imageio.metadata.IIOMetadataNode;

/** What a PNG carries beside its pixels: its resolution, and texts under keywords. */
final class PngMetadata {

    /** The name under which the JDK knows these trees. */
    static final String FORMAT = "javax_imageio_png_1.0";

    private PngMetadata() {
    }

    /** The tree that adds a resolution and texts to a file. */
    static IIOMetadataNode tree(Resolution resolution, Map<String, String> texts) {
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        String dots = String.valueOf(resolution.dotsPerMetre());
        root.appendChild(node("pHYs", Map.of("pixelsPerUnitXAxis", dots, "pixelsPerUnitYAxis", dots,
                "unitSpecifier", "meter")));
        if (!texts.isEmpty()) {
            IIOMetadataNode all = new IIOMetadataNode("iTXt");
            texts.forEach((keyword, text) -> all.appendChild(node("iTXtEntry", Map.of("keyword", keyword,
                    "compressionFlag", "TRUE", "compressionMethod", "0", "languageTag", "", "translatedKeyword", "",
                    "text", text))));
            root.appendChild(all);
        }
        return root;
    }

    private static IIOMetadataNode node(String name, Map<String, String> attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        attributes.forEach(node::setAttribute);
        return node;
    }
}
