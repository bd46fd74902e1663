package dev.paddock.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A version as Flyway reads it: numbers between dots or underscores, compared number by number; 1.0 is 1.
 *
 * @param numbers without zeros at the end, unless that is all
 */
record MigrationVersion(List<BigInteger> numbers) implements Comparable<MigrationVersion> {

    static MigrationVersion parse(String text) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String part : text.split("[._]")) {
            numbers.add(new BigInteger(part));
        }
        while (numbers.size() > 1 && numbers.get(numbers.size() - 1).signum() == 0) {
            numbers.remove(numbers.size() - 1);
        }
        return new MigrationVersion(List.copyOf(numbers));
    }

    @Override
    public int compareTo(MigrationVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = number(i).compareTo(other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private BigInteger number(int index) {
        return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }

    @Override
    public String toString() {
        return numbers.stream().map(BigInteger::toString).collect(Collectors.joining("."));
    }
}
