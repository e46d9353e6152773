/** Compares a file of members with a list's, however many they are: both are sorted on disk and read side by side. */
package org.posthorn.cli.members;
