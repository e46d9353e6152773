package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shells themselves complete what the script tells them. */
class CompletionTest {

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        script = Files.writeString(
                folder.resolve("posthorn"),
                Ran.of(Map.of(), "", false, "completion").out());
    }

    private record Said(int exit, List<String> lines) {}

    private static Said said(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text.lines().toList());
    }

    /** What bash offers for the last of these words, which is typed as far as it goes. */
    private List<String> completed(String... words) throws Exception {
        Said said = said(
                "bash",
                "--norc",
                "-c",
                "source '" + script + "' || exit 9; COMP_WORDS=("
                        + String.join(" ", words).replace("''", "\"\"")
                        + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; "
                        + "$(complete -p posthorn | sed 's/.*-F \\([^ ]*\\).*/\\1/') posthorn \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\" 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");
        assertThat(said.exit).as(said.lines.toString()).isZero();
        return said.lines;
    }

    @Test
    void bashShouldTakeTheScriptWithoutAWord() throws Exception {
        assertThat(said("bash", "-n", script.toString())).isEqualTo(new Said(0, List.of()));
        assertThat(said("bash", "--norc", "-c", "source '" + script + "'")).isEqualTo(new Said(0, List.of()));
    }

    @Test
    void bashShouldCompleteCommandsAndOptions() throws Exception {
        assertThat(completed("posthorn", "li")).containsExactly("list");
        assertThat(completed("posthorn", "members", "sy")).containsExactly("sync");
        assertThat(completed("posthorn", "members", "''")).contains("ls", "add", "del", "import", "export", "sync");
        assertThat(completed("posthorn", "members", "sync", "--dr")).containsExactly("--dry-run");
        assertThat(completed("posthorn", "held", "discard", "--y")).containsExactly("--yes");
        assertThat(completed("posthorn", "members", "ls", "--role", "mo")).containsExactly("moderator");
    }

    @Test
    void zshShouldTakeTheScriptToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")) || Files.isExecutable(Path.of("/bin/zsh")));

        Said said = said(
                "zsh",
                "-f",
                "-c",
                "autoload -U +X compinit && compinit -u -D; source '" + script + "'; print -r -- ${_comps[posthorn]}");

        assertThat(said.exit).as(said.lines.toString()).isZero();
        assertThat(said.lines).singleElement().asString().contains("_bash_complete");
    }
}
