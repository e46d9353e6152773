package org.posthorn.console.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.pdf | a.pdf | a.pdf",
                "Gr\u00fc\u00dfe *.pdf | Gr__e _.pdf | Gr%C3%BC%C3%9Fe%20%2A.pdf",
                "'a\"; filename=\"b.exe' | a__ filename__b.exe | a%22%3B%20filename%3D%22b.exe",
                "../../etc/passwd | passwd | passwd",
                "C:\\x\\a.txt | a.txt | a.txt",
                "..htaccess | htaccess | htaccess",
                "'a\u202efdp.exe' | afdp.exe | afdp.exe",
                "'' | attachment | attachment",
                "... | attachment | attachment"
            })
    void theNameShouldBeAFilesAndNothingMore(String name, String ascii, String encoded) {
        assertThat(AttachmentFile.disposition(name))
                .isEqualTo("attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded);
    }
}
