package org.posthorn.chaos;

/** What a smarthost says that it has taken. */
record Copy(String reversePath, String recipient, String messageId) {}
