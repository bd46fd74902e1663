package dev.paddock.docker.build;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.paddock.model.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listens to an engine that builds an image: how far it is, what it says, what came of it. */
final class BuildOutput extends ResultCallback.Adapter<BuildResponseItem> {
    private static final Pattern STEP = Pattern.compile("^Step (\\d+)/(\\d+) : ");
    private static final Pattern COMPLAINT = Pattern.compile("^paddock: (.*)$", Pattern.MULTILINE);
    private static final Pattern OFFER = Pattern.compile("^paddock has: (\\S+)$", Pattern.MULTILINE);

    private final String activity;
    private final Progress progress;
    private final LastLines said = new LastLines();
    private final List<String> offers = new ArrayList<>();
    private String complaint = "";
    private String failure = "";
    private String image = "";

    BuildOutput(String activity, Progress progress) {
        this.activity = activity;
        this.progress = progress;
    }

    @Override
    public void onNext(BuildResponseItem item) {
        String text = item.getStream();
        if (text != null) {
            read(text);
        }
        ResponseItem.ErrorDetail error = item.getErrorDetail();
        if (error != null) {
            failure = String.valueOf(error.getMessage()).strip();
        }
        if (item.isBuildSuccessIndicated()) {
            image = String.valueOf(item.getImageId());
        }
    }

    private void read(String text) {
        Matcher step = STEP.matcher(text);
        if (step.find()) {
            progress.advance(activity, Long.parseLong(step.group(1)) - 1, Long.parseLong(step.group(2)));
            return;
        }
        Matcher reason = COMPLAINT.matcher(text);
        if (reason.find()) {
            complaint = reason.group(1).strip();
        }
        Matcher offer = OFFER.matcher(text);
        while (offer.find()) {
            offers.add(offer.group(1));
        }
        said.add(text);
    }

    /** What the build itself found wrong, or nothing. */
    String complaint() {
        return complaint;
    }

    /** What there is instead of what there isn't. */
    List<String> offers() {
        return List.copyOf(offers);
    }

    /** What the engine found wrong, or nothing. */
    String failure() {
        return failure;
    }

    LastLines said() {
        return said;
    }

    boolean isBuilt() {
        return !image.isEmpty();
    }
}
