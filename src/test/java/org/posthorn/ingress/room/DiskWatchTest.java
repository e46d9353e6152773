package org.posthorn.ingress.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.CapturedLog;

class DiskWatchTest {

    private static final long MORE_THAN_ANY_DISK = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private final Room room = new Room();

    private DiskWatch watch(long minFreeBytes, Path... folders) {
        return new DiskWatch(room, minFreeBytes, List.of(folders));
    }

    @Test
    void diskWithLessFreeThanItMustHaveShouldBeShort() {
        watch(MORE_THAN_ANY_DISK, folder).look();

        assertThat(room.shortage()).contains(Shortage.DISK);
        watch(1, folder).look();
        assertThat(room.shortage()).isEmpty();
    }

    @Test
    void whatCannotBeMeasuredShouldStayAsItWasAndBeSaidOnce() throws IOException {
        Path missing = folder.resolve("missing");
        Measured.closed(room, Shortage.DISK);
        DiskWatch watch = watch(1, missing);
        try (CapturedLog log = new CapturedLog()) {
            watch.look();
            watch.look();

            assertThat(room.isShortOf(Shortage.DISK)).isTrue();
            assertThat(room.isMeasured(Shortage.DISK)).isFalse();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("RoomNotMeasured reason=disk stays=closed"))
                    .hasSize(1);

            Files.createDirectory(missing);
            watch.look();

            assertThat(room.isMeasured(Shortage.DISK)).isTrue();
            assertThat(room.shortage()).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.startsWith("IngressOpened reason=disk free="));
        }
    }

    @Test
    void withoutALimitNothingShouldBeShort() {
        watch(0, folder.resolve("missing")).look();

        assertThat(room.shortage()).isEmpty();
        assertThat(room.isMeasured(Shortage.DISK)).isTrue();
    }
}
