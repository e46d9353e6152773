package org.posthorn.mail;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.posthorn.mail.FooterText.Encoding;

/** A header or footer as a part of its own. */
record FooterPart(String text, CopyOutput out) implements MultipartInserter.Part {

    @Override
    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public void write() throws IOException {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        Charset charset = ascii ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        String header = "Content-Type: text/plain; charset=" + (ascii ? "us-ascii" : "utf-8") + "\r\n"
                + "Content-Transfer-Encoding: " + (ascii ? "7bit" : "quoted-printable")
                + "\r\nContent-Disposition: inline\r\n\r\n";
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.text(new FooterText(text, charset, ascii ? Encoding.PLAIN : Encoding.QUOTED_PRINTABLE, false));
    }
}
