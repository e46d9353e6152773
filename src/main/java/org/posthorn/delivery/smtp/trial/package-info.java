/**
 * Test copies for a smarthost, to see how fast it takes them: what {@code bin/posthorn tune} runs, on a node or beside it. One
 * {@link org.posthorn.delivery.smtp.trial.Trial} is bounded in copies and in time; who runs several in a row, and what is
 * to be learned from them, is the command's. May use {@code delivery.smtp}, {@code mail} and {@code platform}.
 */
package org.posthorn.delivery.smtp.trial;
