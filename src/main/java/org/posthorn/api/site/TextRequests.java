package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.function.Supplier;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.template.TemplateContext;
import org.posthorn.template.TemplateName;
import org.posthorn.template.TemplatePreview;
import org.posthorn.template.TemplatePreview.Preview;
import org.posthorn.template.TemplateText;
import org.posthorn.template.TemplateTexts;

/** What {@link WideTextsResource} and {@link ListTextsResource} share. */
@ApplicationScoped
public class TextRequests {

    private final TemplateTexts texts;
    private final TemplatePreview previews;
    private final IfMatch ifMatch;

    protected TextRequests() {
        this(null, null, null);
    }

    @Inject
    public TextRequests(TemplateTexts texts, TemplatePreview previews, IfMatch ifMatch) {
        this.texts = texts;
        this.previews = previews;
        this.ifMatch = ifMatch;
    }

    /** @param context read where its list or domain can be, here and below */
    @Transactional
    public JsonArray all(Supplier<TemplateContext> context) {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        texts.of(context.get())
                .forEach(text -> shown.add(Json.createObjectBuilder()
                        .add("name", text.name().label())
                        .add("language", language(text))
                        .add("characters", text.content().length())
                        .add("version", text.version())
                        .add("changed_at", text.changedAt().toString())));
        return shown.build();
    }

    @Transactional
    public Response one(Supplier<TemplateContext> context, String name, String language) {
        JsonObject shown =
                shown(texts.find(context.get(), known(name), language).orElseThrow(Refusal::notFound));
        return Response.ok(shown).header("ETag", shown.getString("http_etag")).build();
    }

    @Transactional
    public Response put(Supplier<TemplateContext> context, String name, String language, Fields body) {
        TemplateName template = known(name);
        String text = body.check(Set.of("text"), Set.of()).text("text");
        TemplateContext place = context.get();
        ifMatch.requireAny(() -> texts.find(place, template, language).map(TextRequests::shown).stream()
                .toList());
        texts.put(place, template, language, text);
        return Response.noContent().build();
    }

    @Transactional
    public Response delete(Supplier<TemplateContext> context, String name, String language) {
        TemplateName template = known(name);
        TemplateContext place = context.get();
        ifMatch.requireAny(() -> texts.find(place, template, language).map(TextRequests::shown).stream()
                .toList());
        if (!texts.delete(place, template, language)) {
            throw Refusal.notFound();
        }
        return Response.noContent().build();
    }

    /** Sends and stores nothing. */
    @Transactional
    public JsonObject preview(Supplier<TemplateContext> context, String name, String language, Fields body) {
        TemplateName template = known(name);
        TemplateContext place = context.get();
        Preview preview = previews.of(
                place, template, language, body.check(Set.of("text"), Set.of()).text("text"));
        JsonArrayBuilder unknown = Json.createArrayBuilder();
        preview.unknown()
                .forEach((variable, line) -> unknown.add(
                        Json.createObjectBuilder().add("name", variable).add("line", line)));
        return Json.createObjectBuilder()
                .add("from", preview.from())
                .add("subject", preview.subject())
                .add("text", preview.text())
                .add("unknown", unknown)
                .build();
    }

    private static TemplateName known(String name) {
        return TemplateName.named(name).orElseThrow(Refusal::notFound);
    }

    private static String language(TemplateText text) {
        return text.language().isEmpty() ? TemplateText.ANY_LANGUAGE : text.language();
    }

    private static JsonObject shown(TemplateText text) {
        return Etag.stamped(Json.createObjectBuilder()
                .add("name", text.name().label())
                .add("language", language(text))
                .add("text", text.content())
                .add("version", text.version())
                .add("changed_at", text.changedAt().toString())
                .build());
    }
}
