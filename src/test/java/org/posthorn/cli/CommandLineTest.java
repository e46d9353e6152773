package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for every command, those to come included. */
class CommandLineTest {

    private static CommandLine line() {
        return Main.commandLine(new Surroundings(
                Map.of(),
                InputStream.nullInputStream(),
                new PrintWriter(PrintWriter.nullWriter()),
                new PrintWriter(PrintWriter.nullWriter()),
                false,
                null));
    }

    static Stream<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(line().getCommandSpec(), all);
        return all.stream();
    }

    private static void collect(CommandSpec spec, List<CommandSpec> into) {
        into.add(spec);
        spec.subcommands().values().stream().distinct().forEach(sub -> collect(sub.getCommandSpec(), into));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandShouldSayWhatItDoesWithAnExample(CommandSpec command) {
        assertThat(command.usageMessage().description()).as("description").isNotEmpty();
        assertThat(command.usageMessage().description()[0]).endsWith(".");
        assertThat(String.join("\n", command.usageMessage().footer()))
                .as("examples")
                .contains("posthorn " + command.qualifiedName().replaceFirst("posthorn ?", ""));
        assertThat(command.usageMessage().footer())
                .as("fits a terminal")
                .allSatisfy(text -> assertThat(text).hasSizeLessThan(125));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionAndParameterShouldBeDescribed(CommandSpec command) {
        assertThat(command.options())
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty());
        assertThat(command.positionalParameters())
                .allSatisfy(parameter -> assertThat(parameter.description())
                        .as(parameter.paramLabel())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noOptionShouldTakeASecretOnTheCommandLine(CommandSpec command) {
        assertThat(command.options())
                .flatExtracting(option -> List.of(option.names()))
                .doesNotContain("--password", "--token", "--secret", "-p");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpShouldWorkWithoutAServer(CommandSpec command) {
        List<String> words = new ArrayList<>(List.of(command.qualifiedName().split(" ")));
        words.remove(0);
        words.add("--help");

        Ran ran = Ran.of(Map.of(), "", false, words.toArray(String[]::new));

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Usage: " + command.qualifiedName()).doesNotContain("\u001b");
    }

    @Test
    void helpByWordShouldBeTheHelpByOption() {
        assertThat(Ran.of(Map.of(), "", false, "help", "members", "sync").out())
                .isEqualTo(
                        Ran.of(Map.of(), "", false, "members", "sync", "--help").out())
                .contains("--dry-run");
    }

    @Test
    void completionShouldKnowEveryCommand() {
        Ran ran = Ran.of(Map.of(), "", false, "completion");

        assertThat(ran.exit()).isZero();
        assertThat(commands().map(CommandSpec::name))
                .allSatisfy(name -> assertThat(ran.out()).contains(name));
        assertThat(ran.out()).contains("bashcompinit", "--dry-run", "run demo build");
    }

    @Test
    void documentationShouldNameEveryCommand() throws Exception {
        String docs = java.nio.file.Files.readString(java.nio.file.Path.of("docs/commands.md"));

        assertThat(commands()
                        .map(CommandSpec::name)
                        .filter(name -> !List.of("posthorn").contains(name)))
                .allSatisfy(name -> assertThat(docs).contains(name));
    }

    @Test
    void unknownCommandShouldBeWrongUsage() {
        Ran ran = Ran.of(Map.of(), "", false, "lst");

        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("lst", "posthorn list", "--help");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void missingParameterShouldBeNamed() {
        Ran ran = Ran.of(Map.of(), "", false, "members", "add", "test.example.org");

        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("EMAIL").contains("posthorn members add --help");
    }
}
