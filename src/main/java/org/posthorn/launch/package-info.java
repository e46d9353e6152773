/**
 * What {@code java -jar posthorn.jar} runs before the server exists: reads and checks the settings, then starts Payara
 * Micro with them. May use {@code platform.settings} and nothing else of Posthorn.
 */
package org.posthorn.launch;
