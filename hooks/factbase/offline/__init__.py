"""The site without a network: one zip that opens from disk, and a service worker that keeps pages on a phone."""
