"""Languages written in several ways: Chinese characters, Serbian letters, and the markup ``-{…}-`` that chooses."""

from converters.wikitext.variants.converter import Converter, converter_of

__all__ = ["Converter", "converter_of"]
