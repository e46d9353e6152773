/** What tests of several packages share: databases of their own on both products, each test on a fresh one. */
package org.posthorn.testing;
