package org.posthorn.console.signin;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.posthorn.platform.TimerTurn;

/** Every five seconds: whether other nodes are back that are yet to be told who has signed out. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SignedOutTimer {

    @Inject
    private SignedOut signedOut;

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void timer() {
        TimerTurn.run("signed-out", signedOut::look);
    }
}
