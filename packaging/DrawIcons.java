import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Draws the application's icons from their SVG sources: {@code java packaging/DrawIcons.java}. The sources consist of
 * rectangles, so no SVG renderer has to be installed.
 */
public final class DrawIcons {

    private DrawIcons() {
    }

    public static void main(String[] arguments) throws Exception {
        Path packaging = Path.of("packaging");
        Path window = Path.of("src/main/resources/org/headscope/window");
        Document large = read(packaging.resolve("headscope.svg"));
        Document small = read(packaging.resolve("headscope-small.svg"));
        write(large, 512, packaging.resolve("linux/headscope.png"));
        write(large, 256, window.resolve("icon-256.png"));
        write(large, 64, window.resolve("icon-64.png"));
        write(small, 32, window.resolve("icon-32.png"));
        write(small, 16, window.resolve("icon-16.png"));
    }

    private static Document read(Path svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    }

    private static void write(Document svg, int size, Path file) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        double scale = size / number(svg.getDocumentElement(), "width");
        graphics.scale(scale, scale);
        NodeList rectangles = svg.getElementsByTagName("rect");
        for (int i = 0; i < rectangles.getLength(); i++) {
            Element rectangle = (Element) rectangles.item(i);
            double diameter = 2 * number(rectangle, "rx");
            graphics.setColor(Color.decode(rectangle.getAttribute("fill")));
            graphics.fill(new RoundRectangle2D.Double(number(rectangle, "x"), number(rectangle, "y"),
                number(rectangle, "width"), number(rectangle, "height"), diameter, diameter));
        }
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static double number(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        return value.isEmpty() ? 0 : Double.parseDouble(value);
    }
}
