package org.posthorn.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void emptyCollectionShouldHaveNoEntries() {
        JsonObject shown = shown(0, Page.ALL);

        assertThat(shown.keySet()).containsExactly("start", "total_size", "http_etag");
        assertThat(shown.getInt("total_size")).isZero();
    }

    @Test
    void everythingShouldBeShownOnceAndInOrderHoweverManySlicesItTakes() {
        assertThat(numbers(shown(1234, Page.ALL)))
                .isEqualTo(IntStream.range(0, 1234).boxed().toList());
        assertThat(numbers(shown(1000, Page.ALL))).hasSize(1000);
    }

    @Test
    void pageShouldHoldItsPart() {
        JsonObject shown = shown(25, new Page(10, 3));

        assertThat(shown.getInt("start")).isEqualTo(20);
        assertThat(shown.getInt("total_size")).isEqualTo(25);
        assertThat(numbers(shown)).containsExactly(20, 21, 22, 23, 24);
    }

    @Test
    void pageLongerThanASliceShouldBeginWhereItShould() {
        assertThat(numbers(shown(3000, new Page(700, 2))))
                .isEqualTo(IntStream.range(700, 1400).boxed().toList());
        assertThat(numbers(shown(1300, new Page(700, 2))))
                .isEqualTo(IntStream.range(700, 1300).boxed().toList());
    }

    @Test
    void pageBehindTheEndShouldBeEmpty() {
        assertThat(shown(5, new Page(10, 2))).doesNotContainKey("entries");
        assertThat(shown(5, new Page(Integer.MAX_VALUE, Integer.MAX_VALUE))).doesNotContainKey("entries");
    }

    @Test
    void tagShouldTellWhatIsShown() {
        assertThat(shown(3, Page.ALL).getString("http_etag"))
                .isEqualTo(shown(3, Page.ALL).getString("http_etag"))
                .matches("\"[0-9a-f]{40}\"");
        assertThat(shown(3, Page.ALL).getString("http_etag"))
                .isNotEqualTo(shown(4, Page.ALL).getString("http_etag"));
    }

    @Test
    void pagesOutOfRangeShouldBeRefused() {
        for (String count : List.of("-1", "99999999999999999999", "x")) {
            assertThatThrownBy(() -> Page.of(new Fields(Map.of("count", List.of(count)))))
                    .as(count)
                    .isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> Page.of(new Fields(Map.of("page", List.of("0")))))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Page.of(new Fields(Map.of("count", List.of("201"))), 200))
                .isInstanceOf(Refusal.class);
    }

    private static JsonObject shown(int total, Page page) {
        List<Integer> all = IntStream.range(0, total).boxed().toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Listing.of(
                        all,
                        page,
                        number -> Etag.stamped(
                                Json.createObjectBuilder().add("n", number).build()))
                .write(out);
        return Json.createReader(new ByteArrayInputStream(out.toByteArray())).readObject();
    }

    private static List<Integer> numbers(JsonObject shown) {
        return shown.getJsonArray("entries").getValuesAs(JsonObject.class).stream()
                .map(entry -> entry.getInt("n"))
                .toList();
    }
}
