package org.posthorn.list;

/**
 * What a person is to be from now on.
 *
 * @param name empty: none
 * @param password null: the present one stays
 * @param serverOwner whether they may do everything
 */
public record PersonChange(String name, String password, boolean serverOwner) {

    @Override
    public String toString() {
        return "PersonChange[" + name + "]";
    }
}
