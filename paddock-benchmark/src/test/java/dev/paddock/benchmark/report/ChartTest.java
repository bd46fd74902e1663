package dev.paddock.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class ChartTest {

    @Test
    void barsAreAsLongAsTheirFigures() throws Exception {
        Document svg = parse(Chart.of(List.of(start("paddock", 50), start("zonky", 200))));

        NodeList bars = svg.getElementsByTagName("rect");
        double paddock = Double.parseDouble(
                bars.item(1).getAttributes().getNamedItem("width").getNodeValue());
        double zonky = Double.parseDouble(
                bars.item(2).getAttributes().getNamedItem("width").getNodeValue());
        assertThat(zonky / paddock).isEqualTo(4);
    }

    @Test
    void itSaysHowMuchFasterThanThePeer() throws Exception {
        Document svg = parse(Chart.of(List.of(start("paddock", 50), start("zonky", 1400), start("floor", 40))));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Start to first query", "28× faster", "1.40 s", "40.0 ms");
    }

    @Test
    void databasesHavePanelsAndAreComparedToTheBestPeer() throws Exception {
        Document svg = parse(Chart.of(List.of(
                start("paddock", 50),
                added("paddock", 400),
                added("create_database", 20_000),
                added("integresql_like", 8_000),
                added("zonky", 12_000))));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains(
                        "Start to first query",
                        "What 500 own databases add to a suite",
                        "20× faster",
                        "integresql_like");
    }

    @Test
    void aPanelOfWhatCostsNothingPromisesNothing() throws Exception {
        Document svg = parse(Chart.of(List.of(added("paddock", -20), added("zonky", 12_000))));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("-20.0 ms")
                .doesNotContain("faster");
    }

    @Test
    void resultsWithoutAnythingToDrawAreRefused() {
        assertThatThrownBy(() -> Chart.of(List.of())).isInstanceOf(PaddockException.class);
    }

    private static Result start(String subject, double median) {
        return new Result("server", "start_to_first_query", subject, Unit.MS, 30, median, median, median, median);
    }

    private static Result added(String subject, double median) {
        return new Result("database", "suite_500", subject, Unit.MS, 1, median, median, median, median);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
