"""The search index: the words of services, and the trigrams by which words are found.

Words are few and services many: a question finds words that are like its own by their
trigrams, and the services by those words. The same on every database.
"""

from django.db import models

from gishe.directory.models.provided import Service


class SearchWord(models.Model):
    """A word, in one spelling, that stands in some service's text."""

    word = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.word


class SearchGram(models.Model):
    """Three letters that follow one another in a word, its edges included."""

    pk = models.CompositePrimaryKey("gram", "word_id")
    gram = models.CharField(max_length=3)
    word = models.ForeignKey(
        SearchWord, on_delete=models.CASCADE, related_name="grams", db_index=False
    )

    def __str__(self) -> str:
        return self.gram


class SearchPosting(models.Model):
    """A word stands in a service's title, or elsewhere in its text."""

    pk = models.CompositePrimaryKey("word_id", "service_id")
    word = models.ForeignKey(
        SearchWord, on_delete=models.CASCADE, related_name="postings", db_index=False
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="search_postings"
    )
    in_title = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.word} in {self.service}"
