"""What an answer says while part of the library can be found by words only."""


def by_words_only(documents: int) -> list[str]:
    """A note for the reader when so many documents have not got all their dense vectors yet; none for 0."""
    if not documents:
        return []
    return [f"有 {documents} 份文档尚未完成语义索引，目前只按字面检索；换一种说法提问时可能找不到其中的内容"]
