package dev.paddock.oci.layer;

/** Whose the files of an archive are: numbers, since a name means another number in each image. */
public record Owner(int uid, int gid) {}
