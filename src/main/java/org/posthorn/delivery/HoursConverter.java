package org.posthorn.delivery;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.posthorn.platform.Hours;

/** Stores hours as they were written; null: at all times. */
@Converter
public class HoursConverter implements AttributeConverter<Hours, String> {

    @Override
    public String convertToDatabaseColumn(Hours hours) {
        return hours == null || hours.isAlways() ? null : hours.text();
    }

    @Override
    public Hours convertToEntityAttribute(String text) {
        return Hours.parse(text);
    }
}
