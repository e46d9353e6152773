package org.posthorn.template;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.list.Domain;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;
import org.posthorn.template.Notice.Occasion;

class TemplateNameTest {

    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");
    private static final Set<TemplateName> SAY_NOTHING =
            Set.of(TemplateName.REGULAR_HEADER, TemplateName.DIGEST_HEADER);

    static Stream<Arguments> namesAndLanguages() {
        return Arrays.stream(TemplateName.values())
                .flatMap(name -> LANGUAGES.stream().map(language -> Arguments.of(name, language)));
    }

    private static Map<String, String> examples(TemplateName name, String language) {
        MailingList list = new MailingList("r\u00fcckgabe", new Domain("example.com"), Instant.EPOCH);
        list.presentation().setDisplayName("Gr\u00f6\u00dfe \u4e2d\u6587");
        Map<String, String> values = new HashMap<>();
        name.variables().forEach(variable -> values.put(variable.label(), variable.example()));
        values.putAll(Variables.of(list, language));
        return values;
    }

    @ParameterizedTest
    @MethodSource("namesAndLanguages")
    void builtInTextShouldBecomeAMailWithNothingLeftOpen(TemplateName name, String language) throws Exception {
        Map<String, String> values = examples(name, language);
        String text = Texts.fill(language, name.textKey(), values);
        String subject = Texts.fill(language, name.subjectKey().orElse("sample.subject"), values);
        assertThat(text.isBlank()).isEqualTo(SAY_NOTHING.contains(name));
        assertThat(text + subject).doesNotContain("$", "\\", "\uFFFD");

        byte[] octets = ComposeNotice.octets(
                new Notice(
                        1L,
                        new NamedAddress(
                                "Gr\u00f6\u00dfe",
                                EmailAddress.parse("list-owner@example.com").orElseThrow()),
                        EmailAddress.parse("ann@example.com").orElseThrow(),
                        subject,
                        text,
                        Optional.empty(),
                        Occasion.EVENT),
                "<1@example.com>",
                Instant.EPOCH);

        assertThat(new String(octets, StandardCharsets.ISO_8859_1).split("\r\n", -1))
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(998).doesNotContain("\n", "\r"))
                .allSatisfy(line -> assertThat(line.chars()).allMatch(c -> c < 0x7f));
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
        assertThat(mail.getSubject()).isEqualTo(subject);
        assertThat(new ContentType(mail.getContentType()).getParameter("charset"))
                .isEqualToIgnoringCase("utf-8");
        assertThat(((String) mail.getContent()).replace("\r\n", "\n").stripTrailing())
                .isEqualTo(text.stripTrailing());
    }

    @ParameterizedTest
    @MethodSource("namesAndLanguages")
    void builtInTextShouldNameNothingThatAnOwnTextCouldNot(TemplateName name, String language) {
        assertThat(Variables.unknown(Texts.of(language, name.textKey()), name.allowed()))
                .isEmpty();
        name.subjectKey()
                .ifPresent(key -> assertThat(Variables.unknown(Texts.of(language, key), name.allowed()))
                        .isEmpty());
    }

    @Test
    void textsShouldBeOtherOnesInEachLanguage() {
        for (TemplateName name : TemplateName.values()) {
            if (!SAY_NOTHING.contains(name)) {
                assertThat(LANGUAGES.stream().map(language -> Texts.of(language, name.textKey())))
                        .as(name.label())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void whatIsSoOfAListShouldBeWhatTextsCanName() {
        MailingList list = new MailingList("ant", new Domain("example.com"), Instant.EPOCH);
        assertThat(Variables.of(list, "en").keySet()).isEqualTo(Variables.OF_LIST);
    }

    /** Rows of the tables of {@code docs/templates.md}: the first cell in backquotes, and the cells after it. */
    private static Map<String, List<String>> rows() throws Exception {
        Map<String, List<String>> rows = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("docs/templates.md"))) {
            if (line.startsWith("| `")) {
                String[] cells = line.substring(1).split("\\|");
                rows.put(cells[0].strip().replace("`", ""), List.of(cells).subList(1, cells.length));
            }
        }
        return rows;
    }

    private static Set<String> quoted(String cell) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile("`([^`]+)`").matcher(cell);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void pageShouldTellEachNameWithItsVariables() throws Exception {
        Map<String, List<String>> rows = rows();
        for (TemplateName name : TemplateName.values()) {
            assertThat(rows).containsKey(name.label());
            List<String> cells = rows.get(name.label());
            assertThat(cells.get(0)).as(name.label()).isNotBlank();
            Set<String> variables = new TreeSet<>();
            name.variables().forEach(variable -> variables.add(variable.label()));
            assertThat(quoted(cells.get(1))).as(name.label()).isEqualTo(variables);
        }
    }

    @Test
    void pageShouldTellEachVariableWithItsExample() throws Exception {
        Map<String, List<String>> rows = rows();
        List<String> known = new ArrayList<>(TemplateName.labels());
        for (Variable variable : Variable.values()) {
            assertThat(rows).containsKey(variable.label());
            assertThat(rows.get(variable.label()).get(1))
                    .contains(variable.example().strip());
            known.add(variable.label());
        }
        assertThat(rows.keySet()).containsAll(Variables.OF_LIST);
        known.addAll(Variables.OF_LIST);
        assertThat(rows.keySet()).isSubsetOf(known);
    }
}
