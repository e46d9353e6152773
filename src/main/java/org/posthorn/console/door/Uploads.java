package org.posthorn.console.door;

import jakarta.servlet.http.HttpServlet;

/**
 * Lets pages take files. A container reads a multipart body only for a request whose own address leads to a servlet that
 * says how large it may be, and our pages' addresses lead to none: so a form with a file is sent to its page's address
 * with this ending, for which {@code web.xml} maps this servlet and names the bounds. The door shows the page all the
 * same; what is no page is refused here.
 */
public class Uploads extends HttpServlet {

    static final String ENDING = ".upload";

    private static final long serialVersionUID = 1L;
}
