package org.headscope.figure;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a PNG carries beside its pixels: its resolution, and texts under keywords. */
final class PngMetadata {

    /** The name under which the JDK knows these trees. */
    static final String FORMAT = "javax_imageio_png_1.0";

    private static final String TEXT = "iTXtEntry";

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
            texts.forEach((keyword, text) -> all.appendChild(node(TEXT, Map.of("keyword", keyword,
                    "compressionFlag", "TRUE", "compressionMethod", "0", "languageTag", "", "translatedKeyword", "",
                    "text", text))));
            root.appendChild(all);
        }
        return root;
    }

    /** The texts of a file by keyword; none where it is no PNG. */
    static Map<String, String> texts(InputStream png) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(png)) {
            if (reader.getOriginatingProvider().canDecodeInput(in)) {
                reader.setInput(in);
                Element tree = (Element) reader.getImageMetadata(0).getAsTree(FORMAT);
                NodeList entries = tree.getElementsByTagName(TEXT);
                for (int i = 0; i < entries.getLength(); i++) {
                    Element entry = (Element) entries.item(i);
                    texts.put(entry.getAttribute("keyword"), entry.getAttribute("text"));
                }
            }
        } finally {
            reader.dispose();
        }
        return texts;
    }

    private static IIOMetadataNode node(String name, Map<String, String> attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        attributes.forEach(node::setAttribute);
        return node;
    }
}
