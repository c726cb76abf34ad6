"""The fact base of a patient-education site: data → load → check → model → outputs. Knows nothing of MkDocs."""
