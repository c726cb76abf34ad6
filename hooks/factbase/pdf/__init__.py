"""The printed form of the site: leaflets and a handbook, made from the same facts and pages by Typst."""
