package dev.paddock.fetch.maven;

import dev.paddock.model.Progress;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells of the bytes of the artifact itself; checksums are too small to mention. */
final class TransferProgress extends AbstractTransferListener {
    private final String activity;
    private final Progress progress;

    TransferProgress(String activity, Progress progress) {
        this.activity = activity;
        this.progress = progress;
    }

    @Override
    public void transferStarted(TransferEvent event) {
        tell(event);
    }

    @Override
    public void transferProgressed(TransferEvent event) {
        tell(event);
    }

    @Override
    public void transferSucceeded(TransferEvent event) {
        if (isArtifact(event)) {
            progress.advance(activity, event.getTransferredBytes(), event.getTransferredBytes());
        }
    }

    private void tell(TransferEvent event) {
        if (isArtifact(event)) {
            long total = Math.max(0, event.getResource().getContentLength());
            progress.advance(activity, event.getTransferredBytes(), total);
        }
    }

    private static boolean isArtifact(TransferEvent event) {
        return event.getResource().getResourceName().endsWith(".jar");
    }
}
