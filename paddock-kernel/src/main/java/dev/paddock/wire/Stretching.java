package dev.paddock.wire;

import dev.paddock.model.SaltedPassword;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * PBKDF2 with HMAC-SHA-256 for one block, which SCRAM calls Hi. The compression of SHA-256 is spelt out here because each server's start
 * has to wait for 8192 of them: two for each iteration, since what the key does to both halves of an HMAC is done once. Java's own digest
 * in a JVM that has just started takes three times as long, and not every provider's can be copied in the middle.
 */
final class Stretching {
    private static final int BLOCK = 64;
    private static final int WORDS = 16;
    /** An HMAC's second half digests the block of the key and 32 bytes more: these many bits. */
    private static final int BITS = (BLOCK + 32) * 8;

    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    private static final int[] ROUND = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private final int[] words = new int[BLOCK];
    private final int[] inner;
    private final int[] outer;

    private Stretching(byte[] key) {
        this.inner = afterKey(key, 0x36);
        this.outer = afterKey(key, 0x5c);
    }

    static SaltedPassword of(String password, byte[] salt, int iterations) {
        Sha256 sha = Sha256.create();
        byte[] given = SaslPrep.of(password).getBytes(StandardCharsets.UTF_8);
        byte[] key = given.length > BLOCK ? sha.hash(given) : given;
        byte[] first = new byte[salt.length + 4];
        System.arraycopy(salt, 0, first, 0, salt.length);
        first[first.length - 1] = 1;
        byte[] stretched = new Stretching(key).repeat(sha.hmac(key, first), iterations);
        Base64.Encoder base64 = Base64.getEncoder();
        return new SaltedPassword(iterations, base64.encodeToString(salt), base64.encodeToString(stretched));
    }

    private int[] afterKey(byte[] key, int pad) {
        for (int i = 0; i < WORDS; i++) {
            int word = 0;
            for (int k = 4 * i; k < 4 * i + 4; k++) {
                word = word << 8 | ((k < key.length ? key[k] & 0xff : 0) ^ pad);
            }
            words[i] = word;
        }
        int[] state = new int[8];
        compress(INITIAL, state);
        return state;
    }

    private byte[] repeat(byte[] first, int iterations) {
        int[] last = new int[8];
        for (int i = 0; i < first.length; i++) {
            last[i / 4] = last[i / 4] << 8 | (first[i] & 0xff);
        }
        int[] sum = last.clone();
        for (int i = 1; i < iterations; i++) {
            digest(inner, last);
            digest(outer, last);
            for (int k = 0; k < sum.length; k++) {
                sum[k] ^= last[k];
            }
        }
        byte[] result = new byte[4 * sum.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (sum[i / 4] >>> (24 - 8 * (i % 4)));
        }
        return result;
    }

    /** Goes on with one digest, by its last block. */
    private void digest(int[] state, int[] digest) {
        System.arraycopy(digest, 0, words, 0, digest.length);
        words[8] = 0x80000000;
        for (int i = 9; i < WORDS - 1; i++) {
            words[i] = 0;
        }
        words[WORDS - 1] = BITS;
        compress(state, digest);
    }

    private void compress(int[] state, int[] result) {
        int[] w = words;
        for (int i = WORDS; i < BLOCK; i++) {
            int x = w[i - 15];
            int y = w[i - 2];
            w[i] = w[i - 16]
                    + w[i - 7]
                    + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3)
                    + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10);
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < BLOCK; i++) {
            int one = h
                    + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                    + ((e & f) ^ (~e & g))
                    + ROUND[i]
                    + w[i];
            int other = (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                    + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + one;
            d = c;
            c = b;
            b = a;
            a = one + other;
        }
        result[0] = state[0] + a;
        result[1] = state[1] + b;
        result[2] = state[2] + c;
        result[3] = state[3] + d;
        result[4] = state[4] + e;
        result[5] = state[5] + f;
        result[6] = state[6] + g;
        result[7] = state[7] + h;
    }
}
