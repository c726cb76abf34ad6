"""Messages from a clinic: a fact's words in them, text messages, e-mails. Any clinic's, or one clinic's own."""
