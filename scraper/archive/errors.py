"""What can be wrong with an archive as a whole. Each message is advice for a person."""


class ArchiveError(RuntimeError):
    """The archive cannot be used."""


class ArchiveMissing(ArchiveError):
    """There is no archive in this folder."""


class ArchiveBusy(ArchiveError):
    """Another process writes into this archive."""


class ArchiveUnusable(ArchiveError):
    """The file is damaged, is not ours, or belongs to a newer wikicompost."""


class OtherWiki(ArchiveError):
    """What was to be harvested is not of the wiki that this archive holds."""
