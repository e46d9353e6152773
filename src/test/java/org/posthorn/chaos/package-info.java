/**
 * The crash and chaos suite: whole nodes, a PostgreSQL and smarthosts as processes of their own, under load, hit by events
 * that a seed chooses; and a ledger of what was accepted against what arrived. {@code bin/chaos} runs it for as long as one
 * wants, {@code ShortChaosE2E} for a few minutes within the build. docs/reliability.md says how to read it.
 */
package org.posthorn.chaos;
