/** Whether this node is ready to serve. Stages report; the HTTP endpoint asks. */
package org.posthorn.platform.health;
