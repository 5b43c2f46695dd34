package org.headscope.session.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.headscope.analysis.Circuit;
import org.headscope.analysis.Circuits.Extreme;
import org.headscope.analysis.Circuits.Input;
import org.headscope.analysis.NeuronReading;
import org.headscope.model.FixedAttention;
import org.headscope.model.Head;
import org.headscope.model.Hook;
import org.headscope.model.HookPoint;
import org.headscope.model.Positions;
import org.headscope.model.Site;
import org.headscope.patching.Metric;
import org.headscope.patching.Source;
import org.headscope.patching.SweepKind;
import org.headscope.patching.SweepKind.By;
import org.headscope.patching.SweepPanels;
import org.headscope.session.Document;
import org.headscope.session.HeadPath;
import org.headscope.session.ModelNote;
import org.headscope.session.StagedPatch;
import org.headscope.session.Substitution;
import org.headscope.session.Substitution.Side;
import org.headscope.weights.Processing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the code says; that it runs and agrees is seen by running it, which src/interop/notebooks.py does. */
class TransformerLensCodeTest {

    private static final Head HEAD = new Head(4, 1);
    private static final Metric DIFFERENCE = new Metric.Difference(10, 20);

    private static Subject subject(Document document) {
        return subject(document, "gpt2", Processing.TRANSFORMERLENS);
    }

    private static Subject subject(Document document, String location, Processing processing) {
        return new Subject(new ModelNote("gpt2", Optional.empty(), processing, new ModelNote.Size(12, 12, 768, 1024,
            50257)), location, document, List.of(10, 20), id -> " token " + id, Plans.NONE, Optional.empty());
    }

    private static Document start() {
        return Document.notebook().withFocus(HEAD, true);
    }

    private static String code(View view, Subject subject) {
        return TransformerLensCode.of(List.of(view), subject, Version.TWO).orElseThrow();
    }

    private static String sweep(Substitution substitution, SweepKind... kinds) {
        return code(View.SWEEP, subject(start()).with(Plans.NONE.with(new SweepPlan(List.of(kinds), Optional.empty(),
            substitution, DIFFERENCE))));
    }

    @Test
    void theFoundingExperimentIsTheFoundingNotebook() {
        assertThat(code(View.PATCH, subject(start().toggled(HEAD, HookPoint.Z)))).isEqualTo("""
            # pip install "transformer-lens==2.15.4" "transformers<5"
            import torch
            from transformer_lens import HookedTransformer, patching

            torch.set_grad_enabled(False)
            model = HookedTransformer.from_pretrained("gpt2", device="cpu")

            clean_text = "Tom went to the store. Tom"
            clean = model.to_tokens(clean_text)
            clean_logits, clean_cache = model.run_with_cache(clean)
            corrupt_text = "Tom went to the store. Sarah"
            corrupt = model.to_tokens(corrupt_text)
            corrupt_logits, corrupt_cache = model.run_with_cache(corrupt)
            tokens = [10, 20]  # " token 10", " token 20"

            # L4H1.z: clean into corrupt
            def patch_0(value, hook):
                value[:, :, 1] = clean_cache[hook.name][:, :, 1]
                return value

            patched_logits = model.run_with_hooks(corrupt, fwd_hooks=[
                ("blocks.4.attn.hook_z", patch_0),
            ])
            for token in tokens:
                before, after, now = (logits[0, -1, token].item() for logits in
                                      (corrupt_logits, clean_logits, patched_logits))
                print(token, after, before, now, "recovered", (now - before) / (after - before))
            """);
    }

    @Test
    void theModelIsLoadedAsItIsOpen() {
        Document withoutBos = start().withBos(false);

        assertThat(code(View.PATTERNS, subject(start(), "gpt2", Processing.RAW)))
            .contains("HookedTransformer.from_pretrained_no_processing(\"gpt2\"");
        assertThat(code(View.PATTERNS, subject(start(), "/my \"models\"/a", Processing.RAW)))
            .contains("MODEL = \"/my \\\"models\\\"/a\"\n", "GPT2LMHeadModel.from_pretrained(MODEL",
                "AutoTokenizer.from_pretrained(MODEL)", "fold_ln=False, center_writing_weights=False");
        assertThat(code(View.PATTERNS, subject(withoutBos))).contains("model.cfg.default_prepend_bos = False\n");
        assertThat(TransformerLensCode.of(List.of(View.PATTERNS), subject(start(), "/a", Processing.RAW), Version.FOUR)
            .orElseThrow()).contains("boot_transformers(MODEL, hf_model=hf, tokenizer=tokenizer, device=\"cpu\")\n"
            + "model.enable_compatibility_mode(no_processing=True)\n").doesNotContain("HookedTransformer");
        assertThat(TransformerLensCode.of(List.of(View.PATTERNS), subject(start()), Version.FOUR).orElseThrow())
            .contains("boot_transformers(\"gpt2\", device=\"cpu\")\nmodel.enable_compatibility_mode()\n");
    }

    @Test
    void everyStagedPlaceHasItsHookInItsOrder() {
        Document document = start().withSubstitution(new Substitution(Source.CLEAN, Side.CLEAN))
            .toggled(Site.head(HookPoint.PATTERN, HEAD).edge(7, 2)).toggled(Site.head(HookPoint.V, HEAD)
                .at(new Positions(5, 7))).toggled(Site.whole(Hook.of(HookPoint.RESID_PRE, 2)).at(Positions.only(3)))
            .toggled(HEAD, HookPoint.Q);
        document = document.turned(document.patches().get(3), false);

        assertThat(code(View.PATCH, subject(document))).contains(
            "value[:, 1, 7:8, 2:3] = corrupt_cache[hook.name][:, 1, 7:8, 2:3]",
            "value[:, 5:8, 1] = corrupt_cache[hook.name][:, 5:8, 1]",
            "value[:, 3:4] = corrupt_cache[hook.name][:, 3:4]",
            "run_with_hooks(clean, fwd_hooks=[\n    (\"blocks.4.attn.hook_pattern\", patch_0),\n"
                + "    (\"blocks.4.attn.hook_v\", patch_1),\n    (\"blocks.2.hook_resid_pre\", patch_2),\n])")
            .doesNotContain("hook_q");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "zero     | value[:, :, 1] = 0.0",
        "mean     | value[:, :, 1] = value.mean(1, keepdim=True)[:, :, 1]",
        "-1.5     | value[:, :, 1] = -1.5"})
    void whatIsPutInIsWrittenOut(String source, String line) {
        Document document = start().toggled(HEAD, HookPoint.Z);

        assertThat(code(View.PATCH, subject(document.withSubstitution(new Substitution(
            Source.parse(source).orElseThrow(), Side.CORRUPT))))).contains(line);
    }

    @Test
    void everyPatchHasItsOwnSourceStrengthAndRows() {
        StagedPatch previous = new StagedPatch(HEAD, HookPoint.PATTERN, true)
            .with(Optional.of(new Source.Attention(FixedAttention.PREVIOUS)));
        Document document = start().staged(previous)
            .staged(new StagedPatch(new Head(5, 2), HookPoint.PATTERN, true).with(previous.source()).atStrength(0.5))
            .staged(StagedPatch.cut(Site.head(HookPoint.PATTERN, new Head(6, 3)).edge(7, 2)).renormalizing(true));

        assertThat(code(View.PATCH, subject(document))).containsOnlyOnce("previous_attention = torch.eye(n)").contains(
            "value[:, 1, :] = previous_attention[:]\n",
            "value[:, 2, :] = (1 - 0.5) * value[:, 2, :] + 0.5 * previous_attention[:]\n",
            "    value[:, 3, 7:8, 2:3] = 0.0\n    rows = value[:, 3, 7:8]\n    sums = rows.sum(-1, keepdim=True)\n"
                + "    value[:, 3, 7:8] = torch.where(sums > 0, rows / sums, rows)\n    return value\n");
    }

    @Test
    void aSweepIsTransformerLenssOwnWhereItHasOne() {
        Substitution usual = Substitution.CLEAN_INTO_CORRUPT;

        assertThat(sweep(usual, new SweepKind(HookPoint.Z, By.HEAD)))
            .contains("sweep = patching.get_act_patch_attn_head_out_all_pos(model, corrupt, clean_cache, metric)\n",
                "return logits[0, -1, 10] - logits[0, -1, 20]\n");
        assertThat(sweep(usual.into(Side.CLEAN), new SweepKind(HookPoint.K, By.POSITION)))
            .contains("patching.get_act_patch_attn_head_k_by_pos(model, clean, corrupt_cache, metric)\n");
        assertThat(sweep(usual, new SweepKind(HookPoint.PATTERN, By.POSITION)))
            .contains("get_act_patch_attn_head_pattern_by_pos(model, corrupt, clean_cache, metric).transpose(1, 2)");
        assertThat(sweep(usual, new SweepKind(HookPoint.RESID_MID, By.POSITION)))
            .contains("patching.get_act_patch_resid_mid(");
        assertThat(sweep(usual, SweepPanels.ofHeads(By.HEAD).toArray(SweepKind[]::new)))
            .contains("patching.get_act_patch_attn_head_all_pos_every(model, corrupt, clean_cache, metric)");
    }

    @Test
    void otherSweepsAreLoops() {
        assertThat(sweep(Substitution.CLEAN_INTO_CORRUPT.with(Source.ZERO), new SweepKind(HookPoint.Z, By.HEAD)))
            .doesNotContain("patching.get").endsWith("""
                n_layers, n_heads, n_tokens = model.cfg.n_layers, model.cfg.n_heads, corrupt.shape[1]
                sweep = torch.zeros(n_layers, n_heads)
                for layer in range(n_layers):
                    for head in range(n_heads):
                        def put_in(value, hook):
                            value[:, :, head] = 0.0
                            return value
                        sweep[layer, head] = metric(model.run_with_hooks(corrupt, fwd_hooks=[(f"blocks.{layer}.attn.hook_z", put_in)]))

                print(sweep)
                """);
        assertThat(sweep(Substitution.CLEAN_INTO_CORRUPT, new SweepKind(HookPoint.PATTERN, By.EDGE)))
            .contains("value[:, head, -1:, key] = clean_cache[hook.name][:, head, -1:, key]");
    }

    @Test
    void pathsGoFromOrIntoOneHead() {
        SweepPlan into = new SweepPlan(List.of(new SweepKind(HookPoint.Q, By.HEAD)),
            Optional.of(new SweepPlan.End(HEAD, false)), Substitution.CLEAN_INTO_CORRUPT, DIFFERENCE);
        SweepPlan from = new SweepPlan(into.kinds(), Optional.of(new SweepPlan.End(HEAD, true)),
            into.substitution(), DIFFERENCE);

        assertThat(code(View.SWEEP, subject(start()).with(Plans.NONE.with(into)))).contains("for layer in range(4):",
            "sender, receiver = (layer, head), (4, 1)", "hook_q_input");
        assertThat(code(View.SWEEP, subject(start()).with(Plans.NONE.with(from)))).contains("for layer in range(5, n_layers):",
            "sender, receiver = (4, 1), (layer, head)");
    }

    @Test
    void aPathIsReadByItsReceiverAlone() {
        HeadPath path = new HeadPath(HEAD, new Head(6, 9), HookPoint.V);
        PathPlan plan = new PathPlan(path, Substitution.CLEAN_INTO_CORRUPT.into(Side.CLEAN), DIFFERENCE);

        assertThat(code(View.PATH, subject(start()).with(Plans.NONE.with(plan)))).endsWith("""
            def metric(logits):
                return logits[0, -1, 10] - logits[0, -1, 20]

            # L4H1 → L6H9 v: corrupt into clean
            model.set_use_split_qkv_input(True)
            name = "blocks.4.attn.hook_z"
            change = (corrupt_cache[name] - clean_cache[name])[:, :, 1] @ model.W_O[4, 1]
            def follow(value, hook):
                value[:, :, 9] += change
                return value
            path_logits = model.run_with_hooks(clean, fwd_hooks=[("blocks.6.hook_v_input", follow)])
            model.set_use_split_qkv_input(False)
            path = metric(path_logits).item()
            print(path, "recovered", (path - metric(clean_logits)) / (metric(corrupt_logits) - metric(clean_logits)))
            """);
        assertThat(TransformerLensCode.of(List.of(View.PATH), subject(start()), Version.TWO)).isEmpty();
    }

    private static String circuit(CircuitPlan plan, Version version) {
        return TransformerLensCode.of(List.of(View.CIRCUIT), subject(start()).with(Plans.NONE.with(plan)), version)
            .orElseThrow();
    }

    @Test
    void circuitsAreTransformerLenssOwnWhereItHasThem() {
        CircuitPlan composition = new CircuitPlan.Composition(Input.K);

        assertThat(circuit(new CircuitPlan.Copying(), Version.TWO)).contains("model.OV.eigenvalues",
            "circuit = eigenvalues.sum(-1).real / eigenvalues.abs().sum(-1)");
        assertThat(circuit(composition, Version.TWO)).contains("circuit = model.all_composition_scores(\"K\")\n");
        assertThat(circuit(composition, Version.FOUR)).contains("all_composition_scores(\"K\").scores\n");
        assertThat(circuit(new CircuitPlan.Pairs(HEAD, Circuit.OV, Extreme.LARGEST, 50), Version.TWO)).contains(
            "left, right = model.W_E @ model.W_V[4, 1], model.W_O[4, 1] @ model.W_U\n", "topk(min(50, len(tile)))\n",
            "sorted(pairs, reverse=True)[:50]");
        assertThat(circuit(new CircuitPlan.Pairs(HEAD, Circuit.QK, Extreme.SMALLEST, 20), Version.TWO)).contains(
            "left, right = model.W_E @ model.W_Q[4, 1], model.W_K[4, 1].T @ model.W_E.T\n",
            "topk(min(20, len(tile)), largest=False)\n", "sorted(pairs)[:20]");
        assertThat(circuit(new CircuitPlan.Between(HEAD, Circuit.OV, Side.CORRUPT), Version.TWO)).contains(
            "embedded = model.W_E[corrupt[0]]\n",
            "circuit = (embedded @ model.W_V[4, 1]) @ (model.W_O[4, 1] @ model.W_U[:, corrupt[0]])\n");
        assertThat(circuit(new CircuitPlan.Between(HEAD, Circuit.QK, Side.CLEAN), Version.TWO)).contains(
            "circuit = (embedded @ model.W_Q[4, 1]) @ (model.W_K[4, 1].T @ embedded.T)\n");
    }

    @Test
    void aNeuronIsReadOverThePromptAndThroughTheUnembedding() {
        Plans plans = Plans.NONE.with(new NeuronPlan(new NeuronReading.Id(3, 1024), Side.CLEAN, 8));

        assertThat(code(View.NEURON, subject(start()).with(plans))).contains(
            "activation = clean_cache[\"blocks.3.mlp.hook_post\"][0, :, 1024]", "direction = model.W_out[3, 1024]",
            "promotes, suppresses = writes.topk(8), writes.topk(8, largest=False)").doesNotContain("ln_final");
        assertThat(code(View.NEURON, subject(start(), "gpt2", Processing.RAW).with(plans))).contains(
            "direction = (direction - direction.mean()) * model.ln_final.w\n");
    }

    @Test
    void whatTheDocumentLacksHasNoCode() {
        Subject alone = subject(start().withCorrupt(""));

        assertThat(TransformerLensCode.of(List.of(View.PATCH), alone, Version.TWO)).isEmpty();
        assertThat(TransformerLensCode.of(List.of(View.COMPARE), alone, Version.TWO)).isEmpty();
        assertThat(TransformerLensCode.of(List.of(View.SWEEP), alone, Version.TWO)).isEmpty();
        assertThat(new TransformerLensCode(alone, Version.TWO).views()).containsExactly(View.PATTERNS, View.LENS,
            View.ATTRIBUTION, View.DETECTORS, View.GENERATION);
        assertThat(code(View.LENS, alone)).doesNotContain("corrupt");
    }
}
