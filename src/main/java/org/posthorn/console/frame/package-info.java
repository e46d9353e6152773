/** What is around every page: navigation, the error page, words for times and states. */
package org.posthorn.console.frame;
