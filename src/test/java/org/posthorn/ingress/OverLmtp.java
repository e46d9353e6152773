package org.posthorn.ingress;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own for each test, with its spool in a folder of its own. */
abstract class OverLmtp {

    @TempDir
    Path folder;

    LmtpFixture lmtp;

    @BeforeEach
    void start() {
        lmtp = new LmtpFixture(folder);
    }

    @AfterEach
    void stop() {
        lmtp.close();
    }
}
