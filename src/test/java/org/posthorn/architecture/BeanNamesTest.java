package org.posthorn.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Named;
import java.beans.Introspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the compiler cannot see: the beans that job definitions and pages name by a string. */
class BeanNamesTest {

    private static final Path JOBS = Path.of("src/main/resources/META-INF/batch-jobs");
    private static final Path PAGES = Path.of("src/main/webapp");

    private static final Pattern REF = Pattern.compile("\\bref=\"([^\"#]+)\"");
    private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{([^}]*)}");
    private static final Pattern STRING = Pattern.compile("'[^']*'|\"[^\"]*\"");
    /** The first name of a chain: not after a dot, and no function's prefix (of:format). */
    private static final Pattern ROOT = Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*)(?!\\w|:)");

    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_]\\w*:[A-Za-z_]\\w*\\s*\\(");
    private static final Pattern LAMBDA = Pattern.compile("([A-Za-z_]\\w*)\\s*->");

    /** What a page declares itself: iteration variables, parameters, attributes of its tags. */
    private static final Pattern DECLARED = Pattern.compile(
            "\\b(?:var|varStatus|rowIndexVar|value-var)=\"([A-Za-z_]\\w*)\"|<(?:ui:param|o:methodParam|cc:attribute|composite:attribute)\\s[^>]*?\\bname=\"([A-Za-z_]\\w*)\"");

    private static final Pattern PIECE =
            Pattern.compile("<ui:(?:decorate|include)\\s[^>]*?\\b(?:template|src)=\"[^\"#]*?([\\w-]+\\.xhtml)\"");

    private static final Pattern TAGLIB_ATTRIBUTE =
            Pattern.compile("<attribute>\\s*(?:<description>[^<]*</description>\\s*)?<name>([A-Za-z_]\\w*)</name>");
    private static final Pattern BUNDLE =
            Pattern.compile("<resource-bundle>.*?<var>\\s*(\\w+)\\s*</var>", Pattern.DOTALL);

    private static final Set<String> LANGUAGE = Set.of(
            "empty",
            "not",
            "and",
            "or",
            "eq",
            "ne",
            "lt",
            "gt",
            "le",
            "ge",
            "div",
            "mod",
            "true",
            "false",
            "null",
            "instanceof",
            "cc",
            "component",
            "request",
            "response",
            "session",
            "application",
            "view",
            "viewScope",
            "flash",
            "flowScope",
            "param",
            "paramValues",
            "header",
            "headerValues",
            "cookie",
            "initParam",
            "requestScope",
            "sessionScope",
            "applicationScope",
            "facesContext",
            "externalContext",
            "resource");

    private static Set<String> beans;

    @BeforeAll
    static void findBeans() {
        beans = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.posthorn").stream()
                        .filter(type -> type.isAnnotatedWith(Named.class))
                        .map(BeanNamesTest::name)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(JavaClass type) {
        String given = type.getAnnotationOfType(Named.class).value();
        return given.isEmpty() ? Introspector.decapitalize(type.getSimpleName()) : given;
    }

    @Test
    void everyRefInAJobShouldNameABean() {
        TreeMap<String, String> refs = new TreeMap<>();
        for (Path job : files(JOBS, ".xml")) {
            matches(REF, text(job))
                    .forEach(match -> refs.put(match.group(1), job.getFileName().toString()));
        }

        assertThat(refs).as("refs of the jobs").isNotEmpty();
        assertThat(beans).as("@Named beans").containsAll(refs.keySet());
    }

    @Test
    void everyBeanInAPageShouldExist() {
        Set<String> known = new HashSet<>(LANGUAGE);
        known.addAll(beans);
        files(PAGES, ".xml").forEach(file -> {
            matches(BUNDLE, text(file)).forEach(match -> known.add(match.group(1)));
        });
        Set<String> attributes = new HashSet<>();
        files(PAGES, ".taglib.xml")
                .forEach(
                        file -> matches(TAGLIB_ATTRIBUTE, text(file)).forEach(match -> attributes.add(match.group(1))));

        List<String> unknown = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        List<Path> pages = files(PAGES, ".xhtml");
        Map<String, Set<String>> given = given(pages);
        for (Path page : pages) {
            Set<String> here = new HashSet<>(known);
            here.addAll(given.getOrDefault(page.getFileName().toString(), Set.of()));
            here.addAll(attributes);
            here.addAll(declared(text(page)));
            roots(text(page)).forEach(root -> {
                used.add(root);
                if (!here.contains(root)) {
                    unknown.add(page.getFileName() + ": " + root);
                }
            });
        }

        assertThat(pages).as("pages").isNotEmpty();
        assertThat(unknown).as("roots of expressions that no bean is named for").isEmpty();
        assertThat(used).as("beans that pages use").containsAnyElementsOf(beans);
    }

    @Test
    void rootsShouldBeTheFirstNamesOfExpressions() {
        assertThat(
                        roots(
                                "<h1>#{queues.rows[index].size} #{of:format('#1', a.b)} #{not empty c ? 'd' : e} ${x.y}</h1> queues2.z"))
                .containsExactlyInAnyOrder("queues", "index", "a", "not", "empty", "c", "e", "x");
    }

    private static Set<String> roots(String page) {
        Set<String> roots = new TreeSet<>();
        for (MatchResult expression : matches(EXPRESSION, page)) {
            String code = STRING.matcher(expression.group(1)).replaceAll("");
            Set<String> lambdas =
                    matches(LAMBDA, code).stream().map(match -> match.group(1)).collect(Collectors.toSet());
            code = FUNCTION.matcher(code).replaceAll("(");
            matches(ROOT, code).stream()
                    .map(match -> match.group(1))
                    .filter(root -> !lambdas.contains(root))
                    .forEach(roots::add);
        }
        return roots;
    }

    /** What a piece of a page gets from each page that it is a piece of. */
    private static Map<String, Set<String>> given(List<Path> pages) {
        Map<String, Set<String>> given = new TreeMap<>();
        for (Path page : pages) {
            Set<String> declared = declared(text(page));
            matches(PIECE, text(page))
                    .forEach(match -> given.computeIfAbsent(match.group(1), any -> new HashSet<>(declared))
                            .retainAll(declared));
        }
        return given;
    }

    private static Set<String> declared(String page) {
        return matches(DECLARED, page).stream()
                .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
                .collect(Collectors.toSet());
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    private static List<Path> files(Path root, String suffix) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var found = Files.walk(root)) {
            return found.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
