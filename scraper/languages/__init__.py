"""What MediaWiki says in each of its languages: dates, namespaces, special pages, words of the interface."""
