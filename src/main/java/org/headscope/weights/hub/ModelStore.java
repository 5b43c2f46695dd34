package org.headscope.weights.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.headscope.weights.Gpt2Config;
import org.headscope.weights.ModelFolder;
import org.headscope.weights.ModelRefusal;
import org.headscope.weights.hub.StoredModel.Source;

/**
 * The models on this machine, and those that can be fetched from the hub into the cache that Hugging Face's own
 * libraries use. Methods that ask the hub, or read many files, take their time: never call them on the FX thread. They
 * may be called from several threads at once.
 */
public final class ModelStore {

    private static final int FOUND = 50;

    private final Map<String, String> environment;
    private final Path home;
    private final HubCache cache;
    private final RecentFolders folders;
    private final Patience patience;
    private final RepositoryFolder.Linking linking;

    ModelStore(Map<String, String> environment, Path home, RecentFolders folders, Patience patience,
               RepositoryFolder.Linking linking) {
        this.environment = environment;
        this.home = home;
        this.cache = HubCache.of(environment, home);
        this.folders = folders;
        this.patience = patience;
        this.linking = linking;
    }

    /** @throws HubRefusal if a variable names no valid folder */
    public static ModelStore ofEnvironment() {
        return new ModelStore(System.getenv(), Path.of(System.getProperty("user.home")), RecentFolders.ofEnvironment(),
            Patience.normal(), RepositoryFolder.Linking.ofSystem());
    }

    /**
     * As {@link #ofEnvironment}, with an environment of its own.
     *
     * @param home of the person
     */
    public static ModelStore of(Map<String, String> environment, Path home, RecentFolders folders) {
        return new ModelStore(environment, home, folders, Patience.normal(), RepositoryFolder.Linking.ofSystem());
    }

    /** The folder of all that is fetched. */
    public Path cache() {
        return cache.root();
    }

    /** The folders that models were opened from before. */
    public RecentFolders folders() {
        return folders;
    }

    /** Remembers a folder that a person opened, unless it is listed anyway: the bundled model, or one in the cache. */
    public void remember(Path folder) {
        if (!folder.equals(ModelFolder.demo().path()) && !folder.toAbsolutePath().normalize().startsWith(
            cache.root().toAbsolutePath().normalize())) {
            folders.add(folder);
        }
    }

    // ---- on this machine ----

    /** The bundled model, the GPT-2s in the cache, those begun among them, and the folders used before. */
    public List<StoredModel> list() {
        List<StoredModel> all = new ArrayList<>();
        ModelFolder demo = ModelFolder.demo();
        all.add(new StoredModel(demo.name(), Source.BUNDLED, demo.path(), 0, Optional.of(demo.config()), true));
        cache.repositories().forEach(folder -> all.addAll(inRepository(folder)));
        for (Path folder : folders.all()) {
            stored(folder.toString(), Source.FOLDER, folder).filter(StoredModel::isComplete).ifPresent(all::add);
        }
        return all;
    }

    private static List<StoredModel> inRepository(RepositoryFolder folder) {
        List<String> commits = new ArrayList<>(folder.commits());
        List<StoredModel> models = new ArrayList<>();
        for (String revision : folder.revisions()) {
            folder.commit(revision).filter(folder.commits()::contains).ifPresent(commit -> {
                commits.remove(commit);
                stored(new ModelName(folder.repository(), revision).toString(), Source.CACHE, folder.snapshotOf(commit))
                    .ifPresent(models::add);
            });
        }
        // Fetched by its commit, or begun only.
        commits.forEach(commit -> stored(new ModelName(folder.repository(), commit).toString(), Source.CACHE,
            folder.snapshotOf(commit)).ifPresent(models::add));
        return models;
    }

    /** Empty if the folder holds something else than a GPT-2. */
    private static Optional<StoredModel> stored(String name, Source source, Path path) {
        Optional<Gpt2Config> config = Optional.empty();
        boolean complete = false;
        try {
            config = Optional.of(Gpt2Config.read(path));
            complete = ModelFolder.open(path).config() != null;
        } catch (ModelRefusal e) {
            if (config.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new StoredModel(name, source, path, size(path), config, complete));
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    return 0;
                }
            }).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** The folder of a model that has been fetched. */
    public Optional<Path> where(ModelName name) {
        return cache.snapshot(name);
    }

    /**
     * Deletes what was fetched of a model, unless another revision needs it too.
     *
     * @return how many bytes are free again
     * @throws HubRefusal if it is not in the cache, or in use and cannot be deleted
     */
    public long remove(ModelName name) {
        return cache.folders(name.repository()).filter(folder -> folder.snapshot(name.revision()).isPresent())
            .findFirst().orElseThrow(() -> new HubRefusal("%s is not in %s; “models list” tells what is."
                .formatted(name, cache.root()))).remove(name.revision());
    }

    /**
     * Deletes what has arrived of models whose fetching is given up; what is complete stays.
     *
     * @return how many bytes are free again
     * @throws HubRefusal if it is in use and cannot be deleted
     */
    public long discard(ModelName name) {
        return cache.folders(name.repository()).mapToLong(folder -> folder.discard(commit ->
            stored(commit, Source.CACHE, folder.snapshotOf(commit)).filter(StoredModel::isComplete).isPresent())).sum();
    }

    // ---- on the hub ----

    /**
     * Whether {@code HF_HUB_OFFLINE} forbids to ask the hub.
     *
     * @throws HubRefusal if a variable holds what cannot be used
     */
    public boolean isOffline() {
        return HubSettings.of(environment, home).offline();
    }

    private HubConnection connect() {
        HubSettings settings = HubSettings.of(environment, home);
        if (settings.offline()) {
            throw new HubRefusal("HF_HUB_OFFLINE is set, so nothing is asked of the hub; unset it, or take a model that "
                + "is here (“models list”).");
        }
        return new HubConnection(settings, patience);
    }

    /**
     * Looks at a model on the hub without fetching it.
     *
     * @throws org.headscope.refusal.Refusal if there is no such model, or it cannot be computed faithfully
     */
    public Offer look(ModelName name, FetchListener listener) {
        Contents contents = contents(name, new Meter(listener, 0));
        List<RemoteFile> files = contents.find();
        RepositoryFolder folder = cache.folder(name.repository());
        long missing = files.stream().mapToLong(file -> missing(folder, file)).sum();
        return new Offer(name, contents.commit(), contents.config(), files, missing, contents.card());
    }

    private Contents contents(ModelName name, Meter meter) {
        return new Contents(new HubFiles(connect(), name, meter), name);
    }

    private static long missing(RepositoryFolder folder, RemoteFile file) {
        Path part = folder.incomplete(file.etag());
        try {
            return Files.exists(folder.blob(file.etag()))
                || Files.exists(folder.snapshotOf(file.commit()).resolve(file.name())) ? 0
                : file.size() - (Files.exists(part) ? Math.min(file.size(), Files.size(part)) : 0);
        } catch (IOException e) {
            return file.size();
        }
    }

    /**
     * Fetches a model, or what is missing of it. May be stopped at any time and goes on from there the next time.
     *
     * @return its folder, in which it is complete
     * @throws org.headscope.refusal.Refusal if it cannot be had, kept or computed faithfully
     * @throws java.util.concurrent.CancellationException if the listener wants it
     */
    public Path fetch(ModelName name, FetchListener listener) {
        return fetch(name, contents(name, new Meter(listener, 0)).find(), listener);
    }

    /**
     * Fetches what {@link #look} has found, as {@link #fetch(ModelName, FetchListener)} does, without looking again.
     */
    public Path fetch(Offer offer, FetchListener listener) {
        return fetch(offer.name(), offer.files(), listener);
    }

    private Path fetch(ModelName name, List<RemoteFile> files, FetchListener listener) {
        HubConnection connection = connect();
        Meter meter = new Meter(listener, files.stream().mapToLong(RemoteFile::size).sum());
        RepositoryFolder folder = cache.folder(name.repository());
        for (RemoteFile file : files) {
            meter.begin(file.name());
            fetch(connection, name, file, folder, meter);
            meter.end(file.size());
        }
        String commit = files.get(0).commit();
        folder.remember(name.revision(), commit);
        return folder.snapshotOf(commit);
    }

    private void fetch(HubConnection connection, ModelName name, RemoteFile file, RepositoryFolder folder,
                       Meter meter) {
        if (Files.isRegularFile(folder.snapshotOf(file.commit()).resolve(file.name()))) {
            return;
        }
        folder.prepare(file.commit(), file.etag());
        boolean isNew = new BlobDownload(connection, name, file, folder, meter).fetch();
        folder.place(file.etag(), file.commit(), file.name(), isNew, linking);
    }

    /**
     * GPT-2s on the hub whose name holds a text, the most fetched first.
     *
     * @throws HubRefusal if the hub cannot be asked
     */
    public List<FoundModel> search(String text, FetchListener listener) {
        String query = "models?search=%s&filter=gpt2&sort=downloads&direction=-1&limit=%d".formatted(
            HubConnection.encoded(text), FOUND) + "&expand[]=config&expand[]=safetensors&expand[]=downloads"
            .replace("[]", "%5B%5D");
        HubConnection connection = connect();
        String answer = new HubFiles(connection, new ModelName("search", ModelName.MAIN), new Meter(listener, 0))
            .api(query);
        try {
            List<FoundModel> found = new ArrayList<>();
            for (JsonElement element : JsonParser.parseString(answer).getAsJsonArray()) {
                if (isGpt2(element.getAsJsonObject())) {
                    found.add(found(element.getAsJsonObject()));
                }
            }
            return found;
        } catch (JsonParseException | IllegalStateException | ClassCastException | NullPointerException
            | UnsupportedOperationException | NumberFormatException e) {
            throw new HubRefusal("%s does not answer a search as a hub does; check HF_ENDPOINT.".formatted(
                connection.host()), e);
        }
    }

    private static boolean isGpt2(JsonObject model) {
        JsonElement config = model.get("config");
        return config != null && config.isJsonObject() && config.getAsJsonObject().get("model_type") != null
            && config.getAsJsonObject().get("model_type").getAsString().equals("gpt2");
    }

    private static FoundModel found(JsonObject model) {
        JsonElement tensors = model.get("safetensors");
        OptionalLong parameters = tensors != null && tensors.isJsonObject() && tensors.getAsJsonObject().has("total")
            ? OptionalLong.of(tensors.getAsJsonObject().get("total").getAsLong()) : OptionalLong.empty();
        return new FoundModel(model.get("id").getAsString(), parameters,
            model.has("downloads") ? model.get("downloads").getAsLong() : 0);
    }
}
