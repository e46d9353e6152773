/** {@code /health} for whoever balances or supervises, {@code /metrics} and {@code /openapi} for those who are allowed. */
package org.posthorn.api.monitor;
