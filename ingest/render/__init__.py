"""Pictures of a document's pages, and where on them its elements stand."""
