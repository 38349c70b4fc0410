"""The search index: each service's words in each language, cut into trigrams."""

from django.db import models

from gishe.directory.models.provided import Service


class SearchDocument(models.Model):
    """What a service is found by in one language, normalised."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="search_documents"
    )
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=500)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "language"], name="search_document_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"


class SearchGram(models.Model):
    """Three letters that stand in a document."""

    pk = models.CompositePrimaryKey("gram", "document_id")
    gram = models.CharField(max_length=3)
    document = models.ForeignKey(
        SearchDocument, on_delete=models.CASCADE, related_name="grams"
    )

    def __str__(self) -> str:
        return self.gram
