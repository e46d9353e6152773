package org.posthorn.api.wire;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Lets a resource take {@link Fields} as its body, be it a form or JSON, on any method. */
public class FieldsReader implements MessageBodyReader<Fields> {

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Fields.class;
    }

    @Override
    public Fields readFrom(
            Class<Fields> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return BodyParser.parse(
                body,
                mediaType.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE) && !mediaType.isWildcardSubtype());
    }
}
