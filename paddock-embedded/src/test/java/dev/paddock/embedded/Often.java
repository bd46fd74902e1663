package dev.paddock.embedded;

/** How often what may go wrong at any instant is tried. */
final class Often {
    private Often() {}

    /** So often; a second pass over the same code on the same machine, which says so, does with a quarter. */
    static int times(int times) {
        return Boolean.getBoolean("paddock.test.again") ? times / 4 : times;
    }
}
