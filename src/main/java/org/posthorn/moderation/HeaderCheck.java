package org.posthorn.moderation;

import com.google.re2j.Pattern;
import org.posthorn.list.Action;

/**
 * What is done with a post in which a header field of this name holds this pattern.
 *
 * @param header the field's name
 * @param action neither null nor {@link Action#DEFER}
 */
public record HeaderCheck(String header, Pattern pattern, Action action) {}
