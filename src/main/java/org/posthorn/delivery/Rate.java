package org.posthorn.delivery;

/** How fast a smarthost may be sent to from this node: a token for each recipient, one second's worth at the most. */
final class Rate {

    private double tokens;
    private long filledNanos;
    private boolean begun;

    /**
     * @param most how many recipients there are to send to, at least 1
     * @param perSecond 0: no limit
     * @return how many of them may be sent to now; none: later
     */
    int take(int most, int perSecond, long nowNanos) {
        return perSecond == 0 ? most : limited(most, perSecond, nowNanos);
    }

    private synchronized int limited(int most, int perSecond, long nowNanos) {
        double since = begun ? (nowNanos - filledNanos) / 1e9 : 1;
        tokens = Math.min(perSecond, tokens + since * perSecond);
        begun = true;
        filledNanos = nowNanos;
        int taken = Math.min(most, (int) tokens);
        tokens -= taken;
        return taken;
    }
}
