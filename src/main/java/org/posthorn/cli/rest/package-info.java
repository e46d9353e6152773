/** REST as the commands speak it: requests with credentials and time-outs, answers as JSON, refusals in the server's words. */
package org.posthorn.cli.rest;
