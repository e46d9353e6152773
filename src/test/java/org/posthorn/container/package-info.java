/** Tests inside the container: Payara Micro with the application, started once for all of them. */
package org.posthorn.container;
