package org.headscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.headscope.weights.Activation;
import org.headscope.weights.Gpt2Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    private static final Gpt2Config CONFIG = new Gpt2Config(12, 12, 768, 1024, 50257, 1e-5, Activation.GELU_NEW, false);

    private static Site parse(String text) {
        return Site.parse(text, CONFIG);
    }

    private static Site site(HookPoint point, int layer, int head, Positions positions, int key) {
        return new Site(Hook.of(point, layer), head < 0 ? OptionalInt.empty() : OptionalInt.of(head), positions,
            key < 0 ? Positions.ALL : Positions.only(key));
    }

    @Test
    void everyFormOfTheCommandLineIsRead() {
        assertThat(parse("L4H1.z")).isEqualTo(site(HookPoint.Z, 4, 1, Positions.ALL, -1))
            .isEqualTo(Site.head(HookPoint.Z, new Head(4, 1)));
        assertThat(parse("L4H1.z@7")).isEqualTo(site(HookPoint.Z, 4, 1, Positions.only(7), -1));
        assertThat(parse("L4H1.z@5-7")).isEqualTo(site(HookPoint.Z, 4, 1, new Positions(5, 7), -1));
        assertThat(parse("L4H1.pattern@7")).isEqualTo(site(HookPoint.PATTERN, 4, 1, Positions.only(7), -1));
        assertThat(parse("L4H1.pattern@7,2")).isEqualTo(site(HookPoint.PATTERN, 4, 1, Positions.only(7), 2))
            .isEqualTo(Site.head(HookPoint.PATTERN, new Head(4, 1)).edge(7, 2));
        assertThat(parse("L4H1.pattern@5-7,0-2")).isEqualTo(Site.head(HookPoint.PATTERN, new Head(4, 1))
            .at(new Positions(5, 7)).to(new Positions(0, 2)));
        assertThat(parse("L4H1.pattern@7,0-2")).isEqualTo(Site.head(HookPoint.PATTERN, new Head(4, 1))
            .at(Positions.only(7)).to(new Positions(0, 2)));
        assertThat(parse("L4.resid_pre@3")).isEqualTo(site(HookPoint.RESID_PRE, 4, -1, Positions.only(3), -1))
            .isEqualTo(Site.whole(Hook.of(HookPoint.RESID_PRE, 4)).at(Positions.only(3)));
        assertThat(parse("L4.z")).isEqualTo(site(HookPoint.Z, 4, -1, Positions.ALL, -1));
        assertThat(parse("L11H11.attn_scores@0,0")).isEqualTo(site(HookPoint.ATTN_SCORES, 11, 11, Positions.only(0), 0));
        assertThat(parse("embed@0")).isEqualTo(Site.whole(Hook.of(HookPoint.EMBED)).at(Positions.only(0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "blocks.4.attn.hook_z                | L4.z",
        "blocks.4.attn.hook_zH1              | L4H1.z",
        "blocks.4.attn.hook_zH1@5-7          | L4H1.z@5-7",
        "blocks.4.attn.hook_z@7              | L4.z@7",
        "blocks.11.attn.hook_patternH11@7,2  | L11H11.pattern@7,2",
        "blocks.0.hook_resid_pre@3           | L0.resid_pre@3",
        "blocks.0.ln1.hook_scale             | L0.ln1.scale",
        "blocks.3.mlp.hook_post@1-2          | L3.mlp_post@1-2",
        "hook_embed                          | embed",
        "hook_pos_embed@2                    | pos_embed@2",
        "ln_final.hook_normalized            | ln_final.normalized"})
    void transformerLenssNamesAreReadAsWell(String name, String brief) {
        assertThat(parse(name)).isEqualTo(parse(brief)).hasToString(brief);
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    void whatASiteIsCalledIsReadAsThatSite(HookPoint point) {
        Hook hook = point.inLayers() ? Hook.of(point, 10) : Hook.of(point);
        List<Site> sites = new ArrayList<>(List.of(Site.whole(hook), Site.whole(hook).at(Positions.only(3)),
            Site.whole(hook).at(new Positions(0, 12))));
        if (point.hasHeads()) {
            sites.add(Site.head(point, new Head(10, 11)).at(new Positions(2, 3)));
        }
        if (point.hasKeys()) {
            sites.add(Site.head(point, new Head(10, 0)).edge(9, 0));
            sites.add(Site.whole(hook).edge(9, 4));
            sites.add(Site.whole(hook).at(new Positions(5, 9)).to(new Positions(2, 4)));
        }
        for (Site site : sites) {
            assertThat(parse(site.toString())).as(site.toString()).isEqualTo(site);
            assertThat(parse(hook.name()).hook()).isEqualTo(hook);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "L12H1.z              | layer 12; this model has the layers 0 to 11",
        "L4H12.z              | head 12; this model has the heads 0 to 11",
        "L4H99.pattern@7,2    | head 99; this model has the heads 0 to 11",
        "blocks.12.attn.hook_z | layer 12; this model has the layers 0 to 11",
        "blocks.4.attn.hook_zH12 | head 12; this model has the heads 0 to 11",
        "L4H1.resid_pre       | resid_pre has none; write L4.resid_pre",
        "blocks.4.hook_mlp_outH2 | mlp_out has none; write L4.mlp_out",
        "hook_embedH2         | embed has none; write embed",
        "L4H1.z@7,2           | only pattern and attn_scores",
        "L4H1.z@7-5           | ends before it begins",
        "L4H1.head            | resid_pre, attn_in, q_input",
        "L4.embed             | names no hook point",
        "z                    | names no hook point",
        "L4H1                 | names no hook point",
        "L4H1.                | names no hook point",
        "L-1H1.z              | names no hook point",
        "l4h1.z               | names no hook point",
        "4.1.z                | names no hook point",
        "L4H1.z@              | has no positions after its @",
        "L4H1.z@-1            | has no positions after its @",
        "L4H1.z@5-            | has no positions after its @",
        "L4H1.z@a             | has no positions after its @",
        "L4H1.z@1@2           | has no positions after its @",
        "L4H1.z@99999999999   | has no positions after its @",
        "L99999999999H1.z     | names no hook point",
        "L٤H1.z               | names no hook point",
        "blocks.4.hook_z      | names no hook point",
        "blocks.x.attn.hook_z | names no hook point",
        "blocks.4.attn.hook_zH1H2 | names no hook point",
        "''                   | names no hook point"})
    void whatDoesNotExistIsRefusedWithWhatDoes(String text, String cause) {
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> parse(text))
            .withMessageStartingWith("“" + text + "”").withMessageContaining(cause).withMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L4H1.z@8", "L4.resid_pre@5-8", "L4H1.pattern@7,8", "L4H1.pattern@8,0", "embed@999999"})
    void positionsBeyondThePromptAreRefused(String text) {
        assertThatExceptionOfType(SiteRefusal.class).isThrownBy(() -> parse(text).checkFits(8))
            .withMessageContaining("“" + text + "”").withMessageContaining("the positions 0 to 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L4H1.z", "L4H1.z@7", "L4.resid_pre@0-7", "L4H1.pattern@7,7"})
    void positionsWithinThePromptFit(String text) {
        parse(text).checkFits(8);
    }

    @Test
    void headsAndKeysWhereThereAreNoneCannotBeMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> site(HookPoint.RESID_PRE, 4, 1, Positions.ALL, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Site.head(HookPoint.Z, new Head(4, 1)).edge(7, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Hook.of(HookPoint.Z));
        assertThatIllegalArgumentException().isThrownBy(() -> Hook.of(HookPoint.EMBED, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Positions(3, 2));
    }

    @Test
    void aModelsHooksAreTransformerLenssInItsOrder() {
        List<String> names = Hook.all(12).stream().filter(hook -> !hook.point().onlyOnRequest()).map(Hook::name).toList();

        assertThat(names).hasSize(208).doesNotHaveDuplicates().startsWith("hook_embed", "hook_pos_embed",
            "blocks.0.hook_resid_pre", "blocks.0.ln1.hook_scale", "blocks.0.ln1.hook_normalized",
            "blocks.0.attn.hook_q", "blocks.0.attn.hook_k", "blocks.0.attn.hook_v", "blocks.0.attn.hook_attn_scores",
            "blocks.0.attn.hook_pattern", "blocks.0.attn.hook_z", "blocks.0.hook_attn_out", "blocks.0.hook_resid_mid",
            "blocks.0.ln2.hook_scale", "blocks.0.ln2.hook_normalized", "blocks.0.mlp.hook_pre", "blocks.0.mlp.hook_post",
            "blocks.0.hook_mlp_out", "blocks.0.hook_resid_post", "blocks.1.hook_resid_pre")
            .endsWith("blocks.11.hook_resid_post", "ln_final.hook_scale", "ln_final.hook_normalized");
    }
}
