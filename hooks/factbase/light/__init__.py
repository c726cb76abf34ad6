"""Make built pages light: only the CSS that they use, nothing before the text that is not needed to read it."""
