package org.posthorn.delivery;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** Stores domain patterns, comma-separated. */
@Converter
public class DomainsConverter implements AttributeConverter<List<String>, String> {

    @Override
    public String convertToDatabaseColumn(List<String> domains) {
        return String.join(",", domains);
    }

    @Override
    public List<String> convertToEntityAttribute(String text) {
        return List.of(text.split(","));
    }
}
