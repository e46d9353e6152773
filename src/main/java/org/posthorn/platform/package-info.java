/** What every stage stands on: settings, clock, database access, identifiers, health. Uses nothing of Posthorn. */
package org.posthorn.platform;
