"""Random valid plan documents, one module per part of the document. Everything is drawn from one seeded generator."""
