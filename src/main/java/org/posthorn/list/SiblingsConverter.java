package org.posthorn.list;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.stream.Collectors;

/** Stores siblings as lines: the id, a space, the address. */
@Converter
public class SiblingsConverter implements AttributeConverter<List<Sibling>, String> {

    @Override
    public String convertToDatabaseColumn(List<Sibling> siblings) {
        return siblings == null
                ? ""
                : siblings.stream()
                        .map(sibling -> sibling.listId() + " " + sibling.address())
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public List<Sibling> convertToEntityAttribute(String text) {
        return text == null
                ? List.of()
                : text.lines().map(SiblingsConverter::sibling).toList();
    }

    private static Sibling sibling(String line) {
        int space = line.indexOf(' ');
        return new Sibling(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
    }
}
